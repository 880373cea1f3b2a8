import { gzipSync } from 'node:zlib';
import { z } from 'zod/v4';
import { basic, NO_BODY, operation, type Vendor } from './vendor';
import { zip } from './zip';

export const MIXPANEL = 'data.mixpanel.com';
export const MIXPANEL_LOGIN = { user: 'n8n.1a2b3c.mp-service-account', password: 'service-secret' };
export const MIXPANEL_PROJECT = '2195193';
export const AMPLITUDE = 'amplitude.com';
export const AMPLITUDE_LOGIN = { user: 'api-key', password: 'secret-key' };

/** An event of a product, as both vendors know it. `at` in ms since 1970. */
export type ProductEvent = { name: string; user: string; company: string; at: number };

/** `get /export`; `project_id` is "required if using service account to authenticate request", as the template does. */
const rawExport = z.strictObject({
	project_id: z.literal(MIXPANEL_PROJECT),
	from_date: z.iso.date(),
	to_date: z.iso.date(),
	limit: z.string().optional(),
	event: z.string().optional(),
	where: z.string().optional(),
	time_in_ms: z.string().optional(),
});

export function mixpanel(events: () => readonly ProductEvent[]): Vendor {
	return {
		hosts: [MIXPANEL],
		description:
			'Mixpanel’s OpenAPI file of the Event Export API of 21 August 2026 (mixpanel/docs, ba22906, openapi/export.openapi.yaml)',
		admits: ({ headers }) =>
			headers.authorization === basic(MIXPANEL_LOGIN.user, MIXPANEL_LOGIN.password),
		refuse: (status, error) => ({ status, body: { error, status: 'error' } }),
		operations: [
			operation({
				method: 'GET',
				path: /^\/api\/2\.0\/export$/,
				body: NO_BODY,
				query: rawExport,
				answer: ({ query: { from_date: from, to_date: to } }) => {
					const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
					const lines = events()
						.filter(({ at }) => dayOf(at) >= from && dayOf(at) <= to)
						.map(({ name, user, company, at }, place) => ({
							event: name,
							properties: {
								time: Math.floor(at / 1000),
								distinct_id: user,
								$insert_id: `insert-${String(place)}`,
								mp_processing_time_ms: at + 900,
								company_id: company,
							},
						}));
					const body = lines.map((line) => JSON.stringify(line)).join('\n');
					return { status: 200, body, headers: { 'content-type': 'text/plain; charset=utf-8' } };
				},
			}),
		],
	};
}

const hour = z.string().regex(/^\d{8}T(?:[01]\d|2[0-3])$/);

export function amplitude(events: () => readonly ProductEvent[]): Vendor {
	const login = AMPLITUDE_LOGIN;
	return {
		hosts: [AMPLITUDE],
		description: 'Amplitude’s page of the Export API, amplitude.com/docs/apis/analytics/export',
		admits: ({ headers }) => headers.authorization === basic(login.user, login.password),
		refuse: (status, why) => ({ status, body: why }),
		operations: [
			operation({
				method: 'GET',
				path: /^\/api\/2\/export$/,
				body: NO_BODY,
				query: z.strictObject({ start: hour, end: hour }),
				answer: ({ query: { start, end } }) => {
					const hourOf = (at: number): string =>
						new Date(at).toISOString().slice(0, 13).replaceAll('-', '');
					const hours = new Map<string, string[]>();
					for (const { name, user, company, at } of events()) {
						const key = hourOf(at);
						if (key < start || key > end) continue;
						const time = new Date(at).toISOString().replace('T', ' ').replace('Z', '000');
						const line = {
							event_type: name,
							event_time: time,
							server_upload_time: time,
							user_id: user,
							amplitude_id: 1,
							uuid: `${key}-${user}-${name}-${String(at)}`,
							$insert_id: `${key}-${user}-${name}-${String(at)}`,
							groups: { company_id: [company] },
							event_properties: {},
						};
						hours.set(key, [...(hours.get(key) ?? []), JSON.stringify(line)]);
					}
					if (hours.size === 0) return { status: 404, body: 'Raw data files were not found.' };
					// one gzipped file of lines for each hour, in a folder named after the project
					const files = [...hours].map(([key, lines]) => ({
						name: `187520/187520_${key.slice(0, 4)}-${key.slice(4, 6)}-${key.slice(6, 8)}_${String(Number(key.slice(9)))}#0.json.gz`,
						content: gzipSync(`${lines.join('\n')}\n`),
					}));
					return {
						status: 200,
						body: zip(files),
						headers: { 'content-type': 'application/zip' },
					};
				},
			}),
		],
	};
}
