import { emailAddress, headerText, mailbox } from '../../../services/mail/address';
import { unsubscribeAt } from '../../../services/mail/letter';
import { messageIdOf } from '../../../services/mail/messageId';
import { plainTextOf } from '../../../services/mail/plainText';

describe('the parts of a letter', () => {
	it.each([
		'a@example.com,b@example.com',
		'a@example.com\r\nBcc: b@example.com',
		'<a@example.com>',
		'Jo <a@example.com>',
		'a@example.com ',
		'a b@example.com',
		'a',
		'',
	])('does not take %j for one address', (text) => {
		expect(emailAddress.safeParse(text).success).toBe(false);
	});

	it('keeps line breaks and control characters out of headers', () => {
		expect(headerText('a\r\nBcc: b\u0000\u2028c\td')).toBe('a Bcc: b c d');
		expect(mailbox('a@example.com', ' \r\n ')).toEqual({ address: 'a@example.com' });
	});

	it.each([
		['https://example.com/u?k=1', { url: 'https://example.com/u?k=1', oneClick: true }],
		[
			'mailto:stop@example.com?subject=stop',
			{ url: 'mailto:stop@example.com?subject=stop', oneClick: false },
		],
		['http://example.com/u', undefined],
		['javascript:alert(1)', undefined],
		['not a url', undefined],
		['mailto:a@example.com>,<http://evil.example', undefined],
	])('unsubscribes at %j', (url, expected) => {
		expect(unsubscribeAt(url)).toEqual(expected);
	});

	it('never lets a line break out of the unsubscribe address', () => {
		const found = unsubscribeAt('https://example.com/u?k=a\r\nBcc: b@example.com>');
		expect(found?.url ?? '').not.toMatch(/[\r\n<> ]/);
	});

	it('makes one Message-ID per token, in the domain of the sender', () => {
		expect(messageIdOf('k1', 'a@Example.com')).toBe('<k1@example.com>');
		expect(messageIdOf('k1', 'a@example.com')).toBe(messageIdOf('k1', 'b@example.com'));
		expect(messageIdOf('k1', 'a@example.com')).not.toBe(messageIdOf('k2', 'a@example.com'));
	});

	it('makes readable text of HTML, values unescaped again', () => {
		expect(plainTextOf('<p>A &amp; B</p><p><a href="https://x.example/y">Go</a></p>')).toBe(
			'A & B\n\nGo [https://x.example/y]',
		);
	});
});
