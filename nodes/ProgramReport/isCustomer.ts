import type { IDataObject } from 'n8n-workflow';
import { isMissing } from '../../engine/accounts/missing';

/** Not a test, partner or internal account, nor one that has left. */
export function isCustomer({ excluded, lifecycleStage }: IDataObject): boolean {
	const isExcluded = !isMissing(excluded) && excluded !== false;
	return !isExcluded && lifecycleStage !== 'churned';
}
