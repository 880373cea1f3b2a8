import {
	NodeConnectionTypes,
	type INodeInputConfiguration,
	type INodeOutputConfiguration,
	type INodeParameters,
} from 'n8n-workflow';

export const SELECT_OUTPUTS = { selected: 0, nothing: 1, notRead: 2 } as const;
export const REVIEW_OUTPUTS = { leftOut: 0, usable: 1 } as const;
/** The catalogue's input; what it is about is the first. */
export const CATALOGUE_INPUT = 1;

/**
 * The node's inputs from its operation: what is to be served, the catalogue, and the model that an alternative asks.
 * Self-contained: n8n evaluates its text in the editor, where nothing of this package exists.
 */
export const inputsOf = (parameters: INodeParameters): INodeInputConfiguration[] => {
	const accounts: INodeInputConfiguration = { type: 'main', displayName: 'Accounts' };
	const catalogue: INodeInputConfiguration = {
		type: 'main',
		displayName: 'Catalogue',
		required: true,
	};
	const model: INodeInputConfiguration = {
		type: 'ai_languageModel',
		displayName: 'Model',
		required: true,
		maxConnections: 1,
	};
	const operation = parameters.operation;
	const asksModel =
		parameters.chooseBy === 'chatModel' && (operation === 'select' || operation === 'evaluate');
	const others = asksModel ? [model] : [];
	if (operation === 'select' || operation === 'submitBatch')
		return [accounts, catalogue, ...others];
	if (operation === 'reviewCatalogue') return [{ type: 'main', displayName: 'Catalogue' }];
	return [{ type: 'main' }, ...others];
};

/** The node's outputs from its operation. Self-contained as well. */
export const outputsOf = (parameters: INodeParameters): INodeOutputConfiguration[] => {
	const named = (names: string[]): INodeOutputConfiguration[] =>
		names.map((displayName) => ({ type: 'main', displayName }));
	if (parameters.operation === 'select')
		return named(['Selected', 'Nothing to Send', 'Not Readable']);
	if (parameters.operation === 'reviewCatalogue') return named(['To Review', 'Usable']);
	if (parameters.operation === 'submitBatch') return named(['Submitted']);
	if (parameters.operation === 'collectBatch') return named(['Collected', 'Under Way']);
	return [{ type: 'main' }];
};

/** For whoever wires the model's input in code. */
export const MODEL_INPUT = NodeConnectionTypes.AiLanguageModel;
