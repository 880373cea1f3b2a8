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
		['content refused', smtp('DATA', '554 5.6.0 spam'), true, 'deferred'],
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

	it.each([
		'550 5.1.1 <policy@relay.example>: unknown',
		'550 5.1.2 no such domain',
		'553 5.1.3 bad syntax',
		'551 5.1.6 moved',
		'556 5.1.10 takes no mail',
		'550 5.2.1 disabled',
		'550 No such user here',
		'550 <spam@limit.example>: User unknown in local recipient table',
		'551 User not local',
		'553 Mailbox name not allowed',
		'550 Requested action not taken: mailbox unavailable',
		'550 The email account that you tried to reach does not exist',
		'550 Unrouteable address: unknown user',
	])('%s at RCPT TO is the mailbox: never again', (response) => {
		expect(readFailure(smtp('RCPT TO', response), false)).toMatchObject({
			fate: 'refused',
			about: 'mail',
		});
	});

	it.each([
		['RCPT TO', '550 relay not permitted'],
		['RCPT TO', '550 Relaying denied for this user'],
		['RCPT TO', '550 5.1.8 Sender address rejected: Domain not found'],
		['RCPT TO', '550 5.1.7 Bad sender'],
		['RCPT TO', '550 5.4.5 Daily sending quota exceeded'],
		['RCPT TO', '550 5.0.0 rejected'],
		['RCPT TO', '550 user over daily limit'],
		['RCPT TO', '550 blocked, see https://block.example/user-unknown'],
		['RCPT TO', '553 sorry, that sender is unknown here'],
		['RCPT TO', '550 Unknown user; sender policy violated'],
		['RCPT TO', '550 rejected'],
		['RCPT TO', '550'],
		['RCPT TO', '554 no such user'],
		['RCPT TO', '503 valid RCPT command must precede DATA'],
		['MAIL FROM', '550 5.1.1 no such user'],
		['MAIL FROM', '451 4.3.0 later'],
		['DATA', '550 5.4.5 Daily user sending limit exceeded'],
		['DATA', '550 5.7.26 This mail is unauthenticated'],
		['DATA', '554 5.7.1 Service unavailable; client host blocked'],
		['DATA', '550 sending limit exceeded'],
		['DATA', '554 rejected'],
		['DATA', '554 your IP is on a spam blocklist'],
		['DATA', '421 4.7.0 closing'],
		['RCPT TO', '421 too many connections'],
	])('%s %s is about us: later, and no attempt is used up', (command, response) => {
		expect(readFailure(smtp(command, response), command === 'DATA')).toMatchObject({
			fate: 'deferred',
			about: 'sender',
		});
	});

	it.each([
		['DATA', '552 message too large'],
		['DATA', '552 5.3.4 too big'],
		['DATA', '550 5.6.1 not supported'],
		['DATA', '554 5.6.0 malformed'],
		['DATA', '554 virus found'],
		['DATA', '554 message looks like spam'],
		['DATA', '550 5.1.1 no such user'],
		['DATA', '552 5.2.2 mailbox full'],
		['RCPT TO', '552 5.2.2 mailbox full'],
		['RCPT TO', '552 mailbox full'],
		['RCPT TO', '452 4.2.2 mailbox full'],
		['DATA', '451 4.3.0 later'],
	])('%s %s is about this one mail: later, and not for ever', (command, response) => {
		const answer = readFailure(smtp(command, response), command === 'DATA');
		expect(answer.fate).toBe('deferred');
		expect(answer).toHaveProperty('about', expect.not.stringMatching('sender'));
	});
});
