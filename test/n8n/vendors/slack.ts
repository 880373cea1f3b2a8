import { z } from 'zod/v4';
import { NO_QUERY, operation, type Vendor } from './vendor';

const text = z.string();
/**
 * `post /chat.postMessage`. A name that is none is refused (`invalid_arg_name`), one that Slack does not know is not looked
 * at: n8n's node adds `includeLinkToWorkflow`.
 */
const message = z
	.looseObject({
		channel: text.min(1),
		text: text.min(1).max(40_000).optional(),
		blocks: z.array(z.looseObject({ type: text })).optional(),
		attachments: z.array(z.unknown()).optional(),
		as_user: z.boolean().optional(),
		icon_emoji: text.optional(),
		icon_url: text.optional(),
		link_names: z.boolean().optional(),
		mrkdwn: z.boolean().optional(),
		parse: text.optional(),
		reply_broadcast: z.boolean().optional(),
		thread_ts: text.optional(),
		unfurl_links: z.boolean().optional(),
		unfurl_media: z.boolean().optional(),
		username: text.optional(),
	})
	.refine((sent) => Object.keys(sent).every((name) => /^\w+$/.test(name)), 'invalid_arg_name')
	.refine(
		(sent) => (sent.text ?? sent.blocks ?? sent.attachments) !== undefined,
		'no_text: a message needs a text, blocks or attachments',
	);

export type SlackState = { channels: Set<string>; posts: { channel: string; text: string }[] };

export const SLACK = 'slack.com';
export const SLACK_TOKEN = 'xoxb-test';

/** Slack says no with the status 200 and `ok: false`, but for too many requests. */
export function slack(state: SlackState): Vendor {
	const errors: Record<number, string> = { 401: 'invalid_auth', 404: 'unknown_method' };
	return {
		hosts: [SLACK],
		description:
			'Slack’s OpenAPI file of the Web API 1.7.0 of 7 September 2021 (slackapi/slack-api-specs, bc08db4), the last one Slack published',
		admits: ({ headers }) => headers.authorization === `Bearer ${SLACK_TOKEN}`,
		refuse: (status) =>
			status === 429
				? { status, body: { ok: false, error: 'rate_limited' }, headers: { 'retry-after': '1' } }
				: { status: 200, body: { ok: false, error: errors[status] ?? 'invalid_arguments' } },
		operations: [
			operation({
				method: 'POST',
				path: /^\/api\/chat\.postMessage$/,
				body: message,
				query: NO_QUERY,
				answer: ({ body }) => {
					const channel = body.channel.replace(/^#/, '');
					if (!state.channels.has(channel))
						return { status: 200, body: { ok: false, error: 'channel_not_found' } };
					state.posts.push({ channel, text: body.text ?? '' });
					const ts = `1503435956.${String(state.posts.length).padStart(6, '0')}`;
					const posted = { type: 'message', text: body.text, ts };
					return { status: 200, body: { ok: true, channel: 'C1H9RESGL', ts, message: posted } };
				},
			}),
		],
	};
}
