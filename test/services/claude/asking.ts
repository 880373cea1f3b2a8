import { createClaude, type Claude, type ClaudeOptions } from '../../../services/claude/claude';
import type { ClaudeRequest } from '../../../services/claude/request';
import type { ClaudeStub } from '../../harness/claudeStub';

/** What no error may ever hold. */
export const CANARIES = ['anna.canary@customer.example', '+43 660 5551234', 'Kanari Kreuzfahrten'];

/** A question as the Content Selector asks it: closed set, data as JSON. */
export function question(ids: readonly string[] = ['a1', 'b2', 'c3'], about = 'x'): ClaudeRequest {
	return {
		model: 'claude-haiku-5-5',
		system: [{ text: 'Choose one of the candidates. Answer as JSON.', cached: true }],
		message: JSON.stringify({ profile: { about, canaries: CANARIES }, candidates: ids }),
		schema: {
			type: 'object',
			properties: {
				id: { enum: [...ids] },
				reason: { type: 'string' },
				subject: { type: 'string' },
				opening: { type: 'string' },
			},
			required: ['id', 'reason', 'subject', 'opening'],
			additionalProperties: false,
		},
		maxTokens: 400,
	};
}

/** Claude at the stub, in a hurry. */
export function claudeAt(stub: ClaudeStub, options: Partial<ClaudeOptions> = {}): Claude {
	return createClaude({
		credential: { apiKey: stub.key, url: stub.url },
		timeoutMs: 800,
		backoffMs: 5,
		...options,
	});
}

/** Timers that would still fire. */
export function timersLeft(): number {
	return process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
}
