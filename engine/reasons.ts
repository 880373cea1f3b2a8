import { z } from 'zod/v4';

/** Why something was decided: a stable `code`, the values behind it, and one plain sentence. */
export const reasonSchema = z.looseObject({
	code: z.string(),
	text: z.string(),
});
