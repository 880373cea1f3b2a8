import { ticks } from 'd3-array';
import { line } from 'd3-shape';

/** A place in the chart's own units: shares as 0–100 %, scores as 0–100. */
export type Place = { readonly x: number; readonly y: number };

export type Axis = {
	readonly label: string;
	readonly unit: string;
	readonly from: number;
	readonly to: number;
};

export type Chart = {
	readonly title: string;
	/** One or two sentences for those who do not see the picture. */
	readonly description: string;
	readonly x: Axis;
	readonly y: Axis;
	/** Drawn in this order; made by the functions below. */
	readonly marks: readonly Mark[];
};

export type Mark = (at: Position) => string;
/** Turns a place into the picture's coordinates. */
export type Position = (place: Place) => readonly [x: number, y: number];

const WIDTH = 720;
const HEIGHT = 460;
const LEFT = 72;
const RIGHT = 164;
const TOP = 56;
const BOTTOM = 64;
const TICKS = 6;

/** Its own background, light or dark as the reader's screen is, so that it can be read wherever it is put. */
const STYLE = [
	'text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:#334155}',
	'.title{font-size:17px;font-weight:600;fill:#0f172a}',
	'.paper{fill:#ffffff}.grid{stroke:#e2e8f0}.frame{stroke:#64748b;fill:none}',
	'.curve{fill:none;stroke-width:2.5}.even{stroke:#64748b;stroke-dasharray:3 5;fill:none}',
	'.c0{stroke:#0f766e}.c1{stroke:#c2410c;stroke-dasharray:9 4}.c2{stroke:#6d28d9;stroke-dasharray:2 3}',
	'.f0{fill:#0f766e}',
	'.t0{fill:#0f766e}.t1{fill:#c2410c}.t2{fill:#6d28d9}.label{font-weight:600}',
	'@media(prefers-color-scheme:dark){text{fill:#cbd5e1}.title{fill:#f8fafc}',
	'.paper{fill:#0f172a}.grid{stroke:#1e293b}.frame,.even{stroke:#94a3b8}',
	'.c0{stroke:#5eead4}.c1{stroke:#fda498}.c2{stroke:#c4b5fd}.f0{fill:#5eead4}',
	'.t0{fill:#5eead4}.t1{fill:#fda498}.t2{fill:#c4b5fd}}',
].join('');

/** An SVG that stands alone: no script, no font or image from elsewhere. The same chart is the same text. */
export function drawChart({ title, description, x, y, marks }: Chart): string {
	const right = WIDTH - RIGHT;
	const bottom = HEIGHT - BOTTOM;
	const at: Position = (place) => [
		round(LEFT + ((place.x - x.from) / (x.to - x.from)) * (right - LEFT)),
		round(bottom - ((place.y - y.from) / (y.to - y.from)) * (bottom - TOP)),
	];
	const middle = round((LEFT + right) / 2);
	const height = round((TOP + bottom) / 2);
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-labelledby="title description">`,
		`<title id="title">${escape(title)}</title><desc id="description">${escape(description)}</desc>`,
		`<style>${STYLE}</style>`,
		`<rect class="paper" width="${WIDTH}" height="${HEIGHT}" rx="8"/>`,
		`<text class="title" x="${LEFT}" y="32">${escape(title)}</text>`,
		...ticks(x.from, x.to, TICKS).map((tick) => {
			const [across] = at({ x: tick, y: y.from });
			return `<path class="grid" d="M${across},${TOP}V${bottom}"/><text x="${across}" y="${bottom + 20}" text-anchor="middle">${tick}${x.unit}</text>`;
		}),
		...ticks(y.from, y.to, TICKS).map((tick) => {
			const [, up] = at({ x: x.from, y: tick });
			return `<path class="grid" d="M${LEFT},${up}H${right}"/><text x="${LEFT - 8}" y="${up + 4}" text-anchor="end">${tick}${y.unit}</text>`;
		}),
		`<path class="frame" d="M${LEFT},${TOP}V${bottom}H${right}"/>`,
		`<text x="${middle}" y="${HEIGHT - 20}" text-anchor="middle">${escape(x.label)}</text>`,
		`<text transform="translate(20,${height})rotate(-90)" text-anchor="middle">${escape(y.label)}</text>`,
		...marks.map((mark) => mark(at)),
		'</svg>\n',
	].join('\n');
}

/**
 * Dashed and gray: what would be seen if the score said nothing, or everything were as expected.
 * @param along where its label stands, as a share of the way
 */
export function evenLine(from: Place, to: Place, label: string, along: number): Mark {
	return (at) => {
		const [x, y] = at({
			x: from.x + along * (to.x - from.x),
			y: from.y + along * (to.y - from.y),
		});
		return `<path class="even" d="${pathOf([from, to], at)}"/><text x="${x + 10}" y="${y + 10}">${escape(label)}</text>`;
	};
}

/** @param look 0 to 2: its color */
export function curve(places: readonly Place[], look: number): Mark {
	return (at) => `<path class="curve c${look}" d="${pathOf(places, at)}"/>`;
}

/** A dot with the ends of its interval. */
export function dot(place: Place, low: number, high: number): Mark {
	return (at) => {
		const [x, y] = at(place);
		const [, top] = at({ x: place.x, y: high });
		const [, bottom] = at({ x: place.x, y: low });
		return `<path class="curve c0" stroke-opacity="0.45" d="M${x},${top}V${bottom}"/><circle class="f0" cx="${x}" cy="${y}" r="4.5"/>`;
	};
}

/** Words beside a place, `down` lines below it; those that name a curve begin with a piece of it. */
export function words(
	place: Place,
	text: string,
	look: number,
	{ down = 0, curve: named = false } = {},
): Mark {
	return (at) => {
		const [x, top] = at(place);
		const y = round(top + down * 17);
		const key = named ? `<path class="curve c${look}" d="M${x + 8},${y}h18"/>` : '';
		return `${key}<text class="label t${look}" x="${x + (named ? 32 : 8)}" y="${round(y + 4)}">${escape(text)}</text>`;
	};
}

function pathOf(places: readonly Place[], at: Position): string {
	const path = line<Place>()
		.x((place) => at(place)[0])
		.y((place) => at(place)[1]);
	return path([...places]) ?? '';
}

/** To a tenth of a pixel. */
function round(pixels: number): number {
	return Math.round(pixels * 10) / 10;
}

function escape(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
