import { readFailure } from '../../../services/mail/answer';

const smtp = (command: string, response: string) => ({
	code: command === 'DATA' ? 'EMESSAGE' : 'EENVELOPE',
	command,
	response,
	responseCode: Number(response.slice(0, 3)),
});
const lost = { code: 'ECONNECTION', command: 'CONN' };

describe('what a failure to send means', () => {
	it.each([
		['no such mailbox', smtp('RCPT TO', '550 5.1.1 unknown'), false, 'refused'],
		['mailbox full for now', smtp('RCPT TO', '452 4.2.2 full'), false, 'deferred'],
		['grey-listing', smtp('RCPT TO', '451 4.7.1 later'), false, 'deferred'],
		['relaying denied', smtp('RCPT TO', '554 5.7.1 relay denied'), false, 'deferred'],
		['sender not allowed', smtp('MAIL FROM', '553 5.7.1 not yours'), false, 'deferred'],
		['content refused', smtp('DATA', '554 5.6.0 spam'), true, 'refused'],
		['content refused for now', smtp('DATA', '421 4.3.0 closing'), true, 'deferred'],
		['sign-in asked for', smtp('MAIL FROM', '530 5.7.0 authenticate'), false, 'noConnection'],
		[
			'sign-in refused',
			{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535, response: '535 5.7.8' },
			false,
			'noConnection',
		],
		['refused connection', { code: 'ESOCKET', command: 'CONN' }, false, 'noConnection'],
		['line lost before the content ended', lost, false, 'noConnection'],
		['line lost after the content', lost, true, 'unknown'],
		['no answer to the content', { code: 'ETIMEDOUT', command: 'CONN' }, true, 'unknown'],
		['an error without a code', new Error('Reached maximum number of retries'), true, 'unknown'],
		['nothing known', undefined, true, 'unknown'],
	])('%s', (_what, error, handedOver, fate) => {
		expect(readFailure(error, handedOver).fate).toBe(fate);
	});

	it("passes on the server's codes and not its words, which may hold the address", () => {
		const answer = readFailure(smtp('RCPT TO', '550-5.1.1 <jo@example.com> unknown'), false);
		expect(answer).toEqual({ fate: 'refused', about: 'mail', smtp: '550 5.1.1' });
	});
});
