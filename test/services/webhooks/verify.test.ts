import { createHmac } from 'node:crypto';
import { SENDERS, type Sender } from '../../../engine/events/types';
import type { Call, Verdict } from '../../../services/webhooks/call';
import { verify, type Trust } from '../../../services/webhooks/verify';
import {
	secretFor,
	SENDING,
	SIGNING,
	STANDARD_SECRET,
	TIMED,
	type Sent,
} from '../../harness/senders';

const NOW = Date.parse('2026-03-02T09:00:00Z');
const MINUTE = 60_000;
const URL = 'https://n8n.example.com/webhook/0f2c/events';
const BODY = '{"id":"evt_1","text":"Ümläute 🙂","list":[1,2]}';

function callOf(sent: Sent, over: Partial<Call> = {}): Call {
	const query = Object.fromEntries(new URLSearchParams(sent.query ?? ''));
	const body = Buffer.from(sent.body);
	return { method: 'POST', headers: sent.headers, query, body, urls: [URL], now: NOW, ...over };
}

function sentBy(sender: Sender, body = BODY, now = NOW): Sent {
	return SENDING[sender](body, { secret: secretFor(sender), now, url: URL });
}

function trustIn(sender: Sender, over: Partial<Trust> = {}): Trust {
	return { secrets: [secretFor(sender)], ...over };
}

const accepted: Verdict = { ok: true };

/** The text with one bit of one byte turned over; only texts that a header or a body can hold. */
function* flips(bytes: Buffer): Generator<Buffer> {
	for (let at = 0; at < bytes.length; at++) {
		for (let bit = 0; bit < 8; bit++) {
			const flipped = Buffer.from(bytes);
			flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
			yield flipped;
		}
	}
}

describe.each(SENDERS)('a call of %s', (sender) => {
	test('is believed as the vendor signs it, and with any of several secrets while one is changed', () => {
		expect(verify(sender, callOf(sentBy(sender)), trustIn(sender))).toEqual(accepted);
		const other = sender === 'standardWebhooks' ? 'whsec_b3RoZXI=' : 'another';
		for (const secrets of [
			[other, secretFor(sender)],
			[secretFor(sender), other],
		])
			expect(verify(sender, callOf(sentBy(sender)), { secrets })).toEqual(accepted);
		expect(verify(sender, callOf(sentBy(sender)), { secrets: [other] })).toEqual({
			ok: false,
			why: 'badSignature',
		});
	});

	test.each([[[]], [['']]])('is not believed without a secret (%j)', (secrets) => {
		expect(verify(sender, callOf(sentBy(sender)), { secrets })).toEqual({
			ok: false,
			why: 'noSecret',
		});
	});

	test('is not believed without what the sender shows', () => {
		const sent = sentBy(sender);
		for (const name of Object.keys(sent.headers)) {
			const { [name]: _left, ...headers } = sent.headers;
			const { ok } = verify(sender, callOf({ ...sent, headers }), trustIn(sender));
			expect([name, ok]).toEqual([name, false]);
		}
		const nothing = { headers: {}, body: sent.body };
		expect(verify(sender, callOf(nothing), trustIn(sender))).toMatchObject({ ok: false });
	});
});

describe.each(SIGNING)('of a signed call of %s', (sender) => {
	test('every other bit of the body is refused', () => {
		const call = callOf(sentBy(sender));
		const believed = [...flips(call.body)].filter(
			(body) => verify(sender, { ...call, body }, trustIn(sender)).ok,
		);
		expect(believed).toEqual([]);
		for (const body of [call.body.subarray(1), Buffer.concat([call.body, Buffer.from(' ')])])
			expect(verify(sender, { ...call, body }, trustIn(sender)).ok).toBe(false);
	});

	test('every other bit of every header, the signature and the timestamp among them, is refused', () => {
		const sent = sentBy(sender);
		const cases = Object.entries(sent.headers).flatMap(([name, value]) =>
			[...flips(Buffer.from(value, 'latin1'))].map((flipped): [string, string] => [
				name,
				flipped.toString('latin1'),
			]),
		);
		const believed = cases.filter(([name, value]) => {
			const call = callOf({ ...sent, headers: { ...sent.headers, [name]: value } });
			return verify(sender, call, trustIn(sender)).ok;
		});
		expect(believed).toEqual([]);
	});
});

describe.each(TIMED)('of %s, which signs the time', (sender) => {
	test.each([
		[-5 * MINUTE, true],
		[-5 * MINUTE - 1000, false],
		[5 * MINUTE, true],
		[5 * MINUTE + 1000, false],
		[-60 * MINUTE, false],
		[-365 * 24 * 60 * MINUTE, false],
	])('a call that was signed %d ms from now is believed: %s', (ms, ok) => {
		const sent = sentBy(sender, BODY, NOW + ms);
		expect(verify(sender, callOf(sent), trustIn(sender))).toEqual(
			ok ? accepted : { ok: false, why: 'tooOld' },
		);
	});

	test('the window can be another', () => {
		const sent = sentBy(sender, BODY, NOW - 20 * MINUTE);
		const ageWindowMs = 30 * MINUTE;
		expect(verify(sender, callOf(sent), trustIn(sender, { ageWindowMs }))).toEqual(accepted);
	});
});

describe('HubSpot, which signs the address it called', () => {
	const verdict = (signedUrl: string, urls: string[]): boolean => {
		const sent = SENDING.hubspot(BODY, {
			secret: secretFor('hubspot'),
			now: NOW,
			url: signedUrl,
		});
		return verify('hubspot', callOf(sent, { urls }), trustIn('hubspot')).ok;
	};

	test.each([
		[URL, [URL], true],
		[URL, ['http://127.0.0.1:5678/webhook/0f2c/events'], false],
		[URL, ['http://n8n.example.com/webhook/0f2c/events'], false],
		[`${URL}?team=cs`, [`${URL}?team=cs`], true],
		[`${URL}?team=cs`, [URL], false],
		// it signs some characters as themselves, though the address spells them so
		[`${URL}?to=a@b.example&at=1:2`, [`${URL}?to=a%40b.example&at=1%3a2`], true],
		[`${URL}?to=a%40b.example`, [`${URL}?to=a%40b.example`], true],
		[`${URL}?q=50%25`, [`${URL}?q=50%25`], true],
		[URL, [], false],
	])('signed for %s, called at %j: %s', (signedUrl, urls, ok) => {
		expect(verdict(signedUrl, urls)).toBe(ok);
	});
});

describe('several signatures of one call', () => {
	test('of Stripe: one that fits is enough, and v0 is none', () => {
		const { headers } = sentBy('stripe');
		const [time = '', good = ''] = (headers['stripe-signature'] ?? '').split(',');
		const verdict = (header: string): boolean =>
			verify(
				'stripe',
				callOf({ headers: { 'stripe-signature': header }, body: BODY }),
				trustIn('stripe'),
			).ok;
		const bad = `v1=${'0'.repeat(64)}`;
		expect(verdict([time, bad, good].join(','))).toBe(true);
		expect(verdict([time, bad].join(','))).toBe(false);
		expect(verdict([time, good.replace('v1=', 'v0=')].join(','))).toBe(false);
		expect(verdict(good)).toBe(false);
	});

	test('of PagerDuty and Standard Webhooks: one that fits is enough', () => {
		const pagerduty = sentBy('pagerduty').headers['x-pagerduty-signature'] ?? '';
		const headers = { 'x-pagerduty-signature': `v1=${'0'.repeat(64)}, ${pagerduty}` };
		expect(verify('pagerduty', callOf({ headers, body: BODY }), trustIn('pagerduty')).ok).toBe(
			true,
		);
		const standard = sentBy('standardWebhooks');
		const both = `v1a,AAAA v1,AAAA ${standard.headers['webhook-signature'] ?? ''}`;
		const call = callOf({
			...standard,
			headers: { ...standard.headers, 'webhook-signature': both },
		});
		expect(verify('standardWebhooks', call, trustIn('standardWebhooks')).ok).toBe(true);
	});

	test('a secret of Standard Webhooks counts with and without its prefix', () => {
		const secrets = [STANDARD_SECRET.replace('whsec_', '')];
		expect(verify('standardWebhooks', callOf(sentBy('standardWebhooks')), { secrets }).ok).toBe(
			true,
		);
	});
});

describe('a sender of one’s own', () => {
	const hmac = {
		header: 'x-hub-signature-256',
		algorithm: 'sha512',
		encoding: 'base64',
		timestampHeader: 'x-time',
	} as const;
	const signed = (time: number, perSecond = 1): Sent => {
		const seconds = String(Math.floor((time / 1000) * perSecond));
		const body = `${seconds}.${BODY}`;
		const signature = createHmac('sha512', secretFor('hmac')).update(body).digest('base64');
		return {
			headers: { 'x-time': seconds, 'x-hub-signature-256': `sha512=${signature}` },
			body: BODY,
		};
	};

	test('may choose header, algorithm, encoding and a signed time', () => {
		expect(verify('hmac', callOf(signed(NOW)), trustIn('hmac', { hmac }))).toEqual(accepted);
		expect(verify('hmac', callOf(signed(NOW - 6 * MINUTE)), trustIn('hmac', { hmac }))).toEqual({
			ok: false,
			why: 'tooOld',
		});
		// JavaScript counts in milliseconds, and so do many who program in it
		for (const [time, ok] of [
			[NOW, true],
			[NOW - 4 * MINUTE, true],
			[NOW - 6 * MINUTE, false],
			[NOW + 6 * MINUTE, false],
		] as const)
			expect(verify('hmac', callOf(signed(time, 1000)), trustIn('hmac', { hmac })).ok).toBe(ok);
		const { 'x-time': _time, ...headers } = signed(NOW).headers;
		expect(verify('hmac', callOf({ headers, body: BODY }), trustIn('hmac', { hmac })).ok).toBe(
			false,
		);
	});
});

describe('Salesforce, which cannot sign', () => {
	const ORGANIZATION = '00D5g000004cAbcEAE';
	const message = (organization: string): string =>
		`<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>${organization}</OrganizationId></notifications></soapenv:Body></soapenv:Envelope>`;
	const verdict = (body: string, organizationId: string): Verdict =>
		verify(
			'salesforce',
			callOf(sentBy('salesforce', body)),
			trustIn('salesforce', { organizationId }),
		);

	test('shows the secret in the address, or a relay in a header', () => {
		expect(verdict(BODY, '')).toEqual(accepted);
		const headers = { 'x-digital-cs-secret': secretFor('salesforce') };
		expect(verify('salesforce', callOf({ headers, body: BODY }), trustIn('salesforce'))).toEqual(
			accepted,
		);
		const query = `secret=${secretFor('salesforce')}x`;
		expect(
			verify('salesforce', callOf({ headers: {}, body: BODY, query }), trustIn('salesforce')),
		).toEqual({
			ok: false,
			why: 'badSignature',
		});
	});

	test.each([
		[ORGANIZATION, ORGANIZATION, true],
		[ORGANIZATION, ORGANIZATION.slice(0, 15), true],
		['00D5g000004cAbdEAE', ORGANIZATION, false],
		['', ORGANIZATION, false],
		[ORGANIZATION, '', false],
	])('an outbound message of %j is believed where %j is expected: %s', (from, expected, ok) => {
		expect(verdict(message(from), expected).ok).toBe(ok);
	});
});
