/** The least thinking a model can be asked for: picking one of a few items needs none, and thinking is billed. */
export type LeastThinking = {
	thinking?: { type: 'disabled' } | { type: 'between_tools' };
	effort?: 'low';
};

type Traits = {
	model: string;
	/** Shorter prefixes are not cached, and nobody says so. Undefined where no page names it. */
	minimumCachedTokens?: number;
	least: LeastThinking;
};

const LOW: LeastThinking = { effort: 'low' };
const OFF: LeastThinking = { thinking: { type: 'disabled' }, effort: 'low' };

/**
 * What is known of each model (platform.claude.com, November 2026): which thinking may be switched off and how, and how
 * long a prefix must be to be cached. Longer names come first.
 */
const TRAITS: readonly Traits[] = [
	{ model: 'claude-haiku-5-5', minimumCachedTokens: 512, least: OFF },
	{ model: 'claude-haiku-4-5', minimumCachedTokens: 4096, least: {} },
	{
		model: 'claude-sonnet-5-5',
		least: { thinking: { type: 'between_tools' }, effort: 'low' },
	},
	{ model: 'claude-sonnet-5', minimumCachedTokens: 1024, least: LOW },
	{ model: 'claude-sonnet-4-6', minimumCachedTokens: 2048, least: LOW },
	{ model: 'claude-sonnet-4-5', minimumCachedTokens: 1024, least: {} },
	{ model: 'claude-opus-5-5', least: LOW },
	{ model: 'claude-opus-5', minimumCachedTokens: 512, least: OFF },
	{ model: 'claude-opus-4-8', minimumCachedTokens: 1024, least: LOW },
	{ model: 'claude-opus-4-7', minimumCachedTokens: 2048, least: LOW },
	{ model: 'claude-opus-4-6', minimumCachedTokens: 4096, least: LOW },
	{ model: 'claude-opus-4-5', minimumCachedTokens: 4096, least: LOW },
	{ model: 'claude-fable-5-1', least: LOW },
	{ model: 'claude-fable-5', minimumCachedTokens: 512, least: LOW },
];

/** Where a model is unknown: what the most demanding model asks for. */
const UNKNOWN_MINIMUM = 4096;

/** Small, fast and made for choosing among a few: what is used unless somebody chooses another. */
export const DEFAULT_MODEL = 'claude-haiku-5-5';

const traitsOf = (model: string): Traits | undefined =>
	TRAITS.find((traits) => traits.model === model.replace(/-\d{8}$/, ''));

/** How to ask a model to think as little as it can; nothing for a model that is not known here. */
export function leastThinking(model: string): LeastThinking {
	return traitsOf(model)?.least ?? {};
}

/** Tokens that a cached prefix has to have at least. */
export function minimumCachedTokens(model: string): number {
	return traitsOf(model)?.minimumCachedTokens ?? UNKNOWN_MINIMUM;
}
