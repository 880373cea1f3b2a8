import { ExternalSecretsProxy, type ExecutionLifecycleHooks } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { RunOptions } from './runWorkflow';

type CredentialsHelper = IWorkflowExecuteAdditionalData['credentialsHelper'];

/** What n8n's server gives every execution, with the server's part refusing instead of pretending. */
export function additionalDataOf(
	hooks: ExecutionLifecycleHooks,
	mode: WorkflowExecuteMode,
	options: RunOptions,
): IWorkflowExecuteAdditionalData {
	return {
		hooks,
		executionId: options.executionId ?? '1',
		rootExecutionMode: options.rootExecutionMode ?? mode,
		credentialsHelper: credentialsFrom(options.credentials ?? {}),
		externalSecretsProxy: new ExternalSecretsProxy(),
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: 'http://localhost/rest',
		instanceBaseUrl: 'http://localhost',
		formBaseUrl: 'http://localhost/form',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
		formTestBaseUrl: 'http://localhost/form-test',
		webhookBaseUrl: 'http://localhost/webhook',
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		webhookTestBaseUrl: 'http://localhost/webhook-test',
		mcpBaseUrl: 'http://localhost/mcp',
		mcpTestBaseUrl: 'http://localhost/mcp-test',
		executeWorkflow: refuse('run a sub-workflow'),
		getRunExecutionData: refuse('read another execution'),
		getRuntimeCredential: refuse('resolve a credential at run time'),
		startRunnerTask: refuse('start a task runner'),
		logAiEvent: () => undefined,
	};
}

/** Credentials by type from a map; a node that asks for another type is told so. */
function credentialsFrom(known: Record<string, ICredentialDataDecryptedObject>): CredentialsHelper {
	const decrypted = async (type: string): Promise<ICredentialDataDecryptedObject> => {
		const found = known[type];
		if (found === undefined) throw new Error(`The test gives no credential of type '${type}'`);
		return await Promise.resolve(found);
	};
	return {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		authenticate: refuse('sign a request'),
		preAuthentication: async () => await Promise.resolve(undefined),
		runPreAuthentication: async () => await Promise.resolve(undefined),
		getCredentials: refuse('read a stored credential'),
		getDecrypted: async (_additionalData, _reference, type) => await decrypted(type),
		updateCredentials: refuse('store a credential'),
		updateCredentialsOauthTokenData: refuse('store a token'),
		getCredentialsProperties: () => [],
	};
}

function refuse(what: string): () => Promise<never> {
	return async () => await Promise.reject(new Error(`This test harness cannot ${what}`));
}
