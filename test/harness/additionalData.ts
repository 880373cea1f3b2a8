import { ExternalSecretsProxy, type ExecutionLifecycleHooks } from 'n8n-core';
import {
	ICredentialsHelper,
	type ICredentialDataDecryptedObject,
	type INodeCredentialsDetails,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';
import type { RunOptions } from './runWorkflow';

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
		credentialsHelper: new CredentialsFromMap(options.credentials ?? {}),
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
class CredentialsFromMap extends ICredentialsHelper {
	constructor(private readonly known: Record<string, ICredentialDataDecryptedObject>) {
		super();
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		_reference: INodeCredentialsDetails,
		type: string,
	): Promise<ICredentialDataDecryptedObject> {
		const found = this.known[type];
		if (found === undefined) throw new Error(`The test gives no credential of type '${type}'`);
		return await Promise.resolve(found);
	}

	override getParentTypes = (): string[] => [];
	override isCredentialUsableByNode = (): boolean => true;
	override getCredentialsProperties = (): INodeProperties[] => [];
	override preAuthentication = async (): Promise<undefined> => await Promise.resolve(undefined);
	override runPreAuthentication = async (): Promise<undefined> => await Promise.resolve(undefined);
	override authenticate = refuse('sign a request');
	override getCredentials = refuse('read a stored credential');
	override updateCredentials = refuse('store a credential');
	override updateCredentialsOauthTokenData = refuse('store a token');
}

function refuse(what: string): () => Promise<never> {
	return async () => await Promise.reject(new Error(`This test harness cannot ${what}`));
}
