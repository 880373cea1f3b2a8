import { rewrite, set } from '../change';
import { EDUCATION, ONBOARDING, RENEWAL, type Fault } from './fault';

/** As keys look. */
const HEX = '4f9d1c2b3a77e05d8c6b1a2f3e4d5c6b';

export const settings: readonly Fault[] = [
	{
		fault: 'the data of successful executions kept',
		file: ONBOARDING,
		breakIt: (file) => delete file.settings.saveDataSuccessExecution,
		rule: 'success-data-saved',
		at: null,
	},
	{
		fault: 'the progress of executions kept',
		file: RENEWAL,
		breakIt: (file) => (file.settings.saveExecutionProgress = true),
		rule: 'success-data-saved',
		at: null,
	},
	{
		fault: 'a schedule without a time zone',
		file: 'ops-retention.json',
		breakIt: (file) => delete file.settings.timezone,
		rule: 'time-zone-missing',
		at: null,
	},
	{
		fault: 'a journey in a time zone that is none',
		file: RENEWAL,
		breakIt: (file) => set(file, 'Renewal journey', ['options', 'timezone'], 'Europe/Bonn'),
		rule: 'time-zone-missing',
		at: 'Renewal journey',
	},
	{
		fault: 'eight in the morning, in the wrong zone',
		file: EDUCATION,
		breakIt: (file) => {
			set(
				file,
				'Every hour',
				['rule', 'interval'],
				[{ field: 'cronExpression', expression: '0 8 * * 1-5' }],
			);
			set(file, 'Education journey', ['options', 'timezone'], 'Europe/Berlin');
		},
		rule: 'schedule-in-other-zone',
		at: 'Every hour',
	},
	{
		fault: 'a token in a header',
		file: ONBOARDING,
		breakIt: (file) => {
			const header = { name: 'Authorization', value: 'Token 4f9d1c2b3a' };
			set(file, 'Your CRM', ['headerParameters'], { parameters: [header] });
		},
		rule: 'secret-in-parameter',
		at: 'Your CRM',
	},
	{
		fault: 'a password in an address',
		file: ONBOARDING,
		breakIt: (file) =>
			set(file, 'Your CRM', ['url'], 'https://reader:hunter2@crm.example.com/accounts'),
		rule: 'secret-in-parameter',
		at: 'Your CRM',
	},
	{
		fault: 'a key in code',
		file: EDUCATION,
		breakIt: (file) =>
			rewrite(
				file,
				'Sample customers',
				'jsCode',
				(text) => `const apiKey = "1f0a9c7e55d2";\n${text}`,
			),
		rule: 'secret-in-parameter',
		at: 'Sample customers',
	},
	...(
		[
			['a query', 'queryParameters', 'api_key'],
			['a body', 'bodyParameters', 'api_key'],
			['a header', 'headerParameters', 'X-Auth-Key'],
			['a header', 'headerParameters', 'X-Shopify-Access-Token'],
			['a header', 'headerParameters', 'api-key'],
			['a header', 'headerParameters', 'Ocp-Apim-Subscription-Key'],
			['a header', 'headerParameters', 'X-Webhook-Secret'],
			['a header', 'headerParameters', 'Signing-Secret'],
		] as const
	).map(([what, list, name]): Fault => ({
		fault: `${name} in ${what}`,
		file: ONBOARDING,
		breakIt: (file) =>
			set(file, 'Your CRM', [list], { parameters: [{ name, value: '4f9d1c2b3a77' }] }),
		rule: 'secret-in-parameter',
		at: 'Your CRM',
	})),
	{
		fault: 'a key in headers written as JSON',
		file: ONBOARDING,
		breakIt: (file) => set(file, 'Your CRM', ['jsonHeaders'], '{"X-Auth-Key": "4f9d1c2b3a77"}'),
		rule: 'secret-in-parameter',
		at: 'Your CRM',
	},
	...(
		[
			[
				'the webhook of a Slack channel',
				['url'],
				`https://hooks.slack.com/services/T024BE7LD/B0A1B2C3D/${HEX}`,
			],
			[
				'the token of a Telegram bot',
				['url'],
				`https://api.telegram.org/bot110201543:${HEX}/sendMessage`,
			],
			['a key in an address', ['url'], `https://crm.example.com/accounts?key=${HEX}`],
			['a key in a query', ['queryParameters'], { parameters: [{ name: 'key', value: HEX }] }],
			['a token in a body', ['jsonBody'], `{"token": "${HEX}"}`],
		] as const
	).map(([fault, path, value]): Fault => ({
		fault,
		file: ONBOARDING,
		breakIt: (file) => set(file, 'Your CRM', path, value),
		rule: 'secret-in-parameter',
		at: 'Your CRM',
	})),
	...["const KEY = '4f9d1c2b3a77e0';", 'let HUBSPOT_TOKEN = "4f9d-1c2b-3a77";'].map(
		(line): Fault => ({
			fault: `${line.slice(0, 9)} … in code`,
			file: EDUCATION,
			breakIt: (file) => rewrite(file, 'Sample customers', 'jsCode', (text) => `${line}\n${text}`),
			rule: 'secret-in-parameter',
			at: 'Sample customers',
		}),
	),
	{
		fault: 'a token behind the sign of an expression, which works nothing out',
		file: ONBOARDING,
		breakIt: (file) => {
			const header = { name: 'Authorization', value: '=Token 4f9d1c2b3a' };
			set(file, 'Your CRM', ['headerParameters'], { parameters: [header] });
		},
		rule: 'secret-in-parameter',
		at: 'Your CRM',
	},
];
