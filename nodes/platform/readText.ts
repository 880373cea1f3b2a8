import type { IExecuteFunctions } from 'n8n-workflow';

/** A text parameter, read once per execution and trimmed; '' where it is empty. */
export function readText(context: IExecuteFunctions, name: string): string {
	const value = context.getNodeParameter(name, 0, '');
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
