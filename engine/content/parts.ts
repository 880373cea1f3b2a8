import type { Part } from './choice';
import type { ContentItem, ContentKind } from './item';
import type { Nearness } from './languages';
import type { Profile } from './profile';
import type { Points } from './settings';

const part = (code: string, points: number, text: string, values: object = {}): Part =>
	Object.freeze({ code, ...values, points, text: `${text} (${signed(points)})` });

/** What stage, plan, role and language say for an item that is for all four. */
export function audienceParts(
	item: ContentItem,
	{ stage, role }: Pick<Profile, 'stage' | 'role'>,
	nearness: Nearness,
	points: Points,
): Part[] {
	const parts: Part[] = [];
	if (item.stages.length > 0 && stage !== undefined) {
		parts.push(part('stageNamed', points.stageNamed, `It is for the stage ${stage}`, { stage }));
	}
	if (item.plans.length > 0) {
		parts.push(part('planNamed', points.planNamed, 'It is for the plan of the account'));
	}
	if (item.roles.length > 0 && role !== undefined) {
		parts.push(part('roleNamed', points.roleNamed, `It is for the role ${role}`, { role }));
	}
	const language = languagePart(nearness, points);
	return language === undefined ? parts : [...parts, language];
}

function languagePart(nearness: Nearness, points: Points): Part | undefined {
	switch (nearness.is) {
		case 'exact':
			return part('languageExact', points.languageExact, 'It is in the language of the contact');
		case 'base':
			return part(
				'languageBase',
				points.languageBase,
				'It is in the language of the contact, of another region',
			);
		case 'any':
			return part('languageAny', points.languageAny, 'It names no language');
		case 'fallback': {
			const worth = Math.max(0, points.languageFallback - nearness.place);
			const values = { place: nearness.place };
			return part('languageFallback', worth, 'It is in a fallback language', values);
		}
		case 'none':
			return undefined;
	}
}

/** The parts that repeat over thousands of accounts, each made once. */
export class SharedParts {
	readonly goal: Part;
	readonly nextStep: Part;
	readonly recent: Part;
	readonly usageUnknown: Part;
	private readonly unusedOf = new Map<string, Part>();
	private readonly strugglingOf = new Map<string, Part>();
	private readonly varietyOf = new Map<ContentKind, Part[]>();

	constructor(private readonly points: Points) {
		this.goal = part('goal', points.goal, 'Its outcome is a goal of the account');
		this.nextStep = part('nextStep', points.nextStep, 'What it builds on is known');
		this.recent = part('recentlyReviewed', points.recentlyReviewed, 'It was reviewed lately');
		this.usageUnknown = part('usageUnknown', 0, 'Nobody knows which features are in use');
	}

	unused(feature: string): Part {
		return once(this.unusedOf, feature, () => {
			const text = `It teaches ${feature}, which is not in use`;
			return part('featureUnused', this.points.featureUnused, text, { feature });
		});
	}

	struggling(feature: string): Part {
		return once(this.strugglingOf, feature, () => {
			const text = `It helps with ${feature}, which does not go well`;
			return part('featureStruggling', this.points.featureStruggling, text, { feature });
		});
	}

	/** @param times at least 1 */
	variety(kind: ContentKind, times: number): Part {
		const known = once(this.varietyOf, kind, () => []);
		return (known[times] ??= varietyPart(kind, times, this.points));
	}
}

function varietyPart(kind: ContentKind, times: number, points: Points): Part {
	const often = times === 1 ? 'once' : `${String(times)} times`;
	const text = `The contact was sent its kind ${often} lately`;
	return part('sameKindLately', points.sameKindLately * times, text, { kind, times });
}

function once<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
	const before = known.get(key);
	if (before !== undefined) return before;
	const made = make();
	known.set(key, made);
	return made;
}

function signed(points: number): string {
	return points < 0 ? `−${String(-points)}` : `+${String(points)}`;
}
