/** The settings that n8n's public API takes; with any other one it refuses the whole workflow. */
const WRITABLE = [
	'availableInMCP',
	'binaryMode',
	'callerIds',
	'callerPolicy',
	'credentialResolverId',
	'customTelemetryTags',
	'errorWorkflow',
	'executionOrder',
	'executionTimeout',
	'redactionPolicy',
	'saveDataErrorExecution',
	'saveDataSuccessExecution',
	'saveExecutionProgress',
	'saveManualExecutions',
	'timeSavedMode',
	'timeSavedPerExecution',
	'timezone',
];

/** Those of a workflow's settings that can be sent; n8n keeps the others as they are. */
export function writableSettings(
	settings: Record<string, unknown> | null | undefined,
): Record<string, unknown> {
	return Object.fromEntries(
		Object.entries(settings ?? {}).filter(
			([key, value]) => WRITABLE.includes(key) && value !== null && value !== undefined,
		),
	);
}
