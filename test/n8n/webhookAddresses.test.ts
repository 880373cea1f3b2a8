import { join } from 'node:path';
import { host } from './folders';
import { readWorkflow } from './workflows';

/** n8n's own check, as its Webhook node calls it: the list, the addresses proxies tell of, the address of the caller. */
const { isIpAllowed } = jest.requireActual<{
	isIpAllowed: (list: unknown, proxies: string[], caller: string) => boolean;
}>(join(host, 'node_modules', 'n8n-nodes-base', 'dist', 'nodes', 'Webhook', 'utils.js'));

describe('the webhook of the onboarding journey as shipped', () => {
	const { parameters } =
		readWorkflow('journey-onboarding.json').nodes.find(({ name }) => name === 'CRM events') ?? {};
	const { ipWhitelist } = (parameters?.options ?? {}) as { ipWhitelist?: unknown };

	test.each(['127.0.0.1', '::1', '::ffff:127.0.0.1'])('answers %s, this machine', (address) => {
		expect(isIpAllowed(ipWhitelist, [], address)).toBe(true);
	});

	test.each([
		'127.0.0.2',
		'10.0.0.7',
		'172.17.0.1',
		'203.0.113.9',
		'::ffff:10.0.0.7',
		'2001:db8::1',
	])('does not answer %s', (address) => {
		expect(isIpAllowed(ipWhitelist, [], address)).toBe(false);
		expect(isIpAllowed(ipWhitelist, [address], '10.0.0.7')).toBe(false);
	});
});
