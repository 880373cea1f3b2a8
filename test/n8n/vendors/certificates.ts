import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

/** What a TLS server of a test needs, and what its client has to trust. All of it in PEM, good for a day. */
export type Certificates = { ca: string; key: string; cert: string };

/** DER, of which X.509 is made (ITU-T X.690): a tag, a length, what is inside. */
function der(tag: number, ...parts: Uint8Array[]): Buffer {
	const inside = Buffer.concat(parts);
	const { length } = inside;
	const size =
		length < 0x80
			? [length]
			: length < 0x100
				? [0x81, length]
				: [0x82, Math.floor(length / 0x100), length % 0x100];
	return Buffer.concat([Buffer.from([tag, ...size]), inside]);
}

const sequence = (...parts: Uint8Array[]): Buffer => der(0x30, ...parts);
const integer = (value: number): Buffer => der(0x02, Buffer.from([value]));
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'));
const octets = (inside: Uint8Array): Buffer => der(0x04, inside);
const TRUE = der(0x01, Buffer.from([0xff]));

const ECDSA_SHA256 = sequence(oid('2a8648ce3d040302'));
const COMMON_NAME = oid('550403');
const BASIC_CONSTRAINTS = oid('551d13');
const KEY_USAGE = oid('551d0f');
const ALTERNATIVE_NAMES = oid('551d11');
/** May sign certificates: bit 5 of eight. */
const SIGNS_CERTIFICATES = der(0x03, Buffer.from([2, 0b100]));
const DNS = 0x82;
const IP = 0x87;

const nameOf = (text: string): Buffer =>
	sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from(text)))));

function timeOf(ms: number): Buffer {
	const digits = new Date(ms).toISOString().replaceAll(/[-:T]/g, '').slice(2, 14);
	return der(0x17, Buffer.from(`${digits}Z`));
}

type Wanted = { serial: number; issuer: string; subject: string; extensions: Uint8Array[] };

/** An X.509 certificate, version 3 (RFC 5280). */
function certify(wanted: Wanted, publicKey: KeyObject, signer: KeyObject): string {
	const day = 86_400_000;
	const content = sequence(
		der(0xa0, integer(2)),
		integer(wanted.serial),
		ECDSA_SHA256,
		nameOf(wanted.issuer),
		sequence(timeOf(Date.now() - day), timeOf(Date.now() + day)),
		nameOf(wanted.subject),
		publicKey.export({ type: 'spki', format: 'der' }),
		der(0xa3, sequence(...wanted.extensions)),
	);
	const signature = sign('sha256', content, signer);
	const whole = sequence(content, ECDSA_SHA256, der(0x03, Buffer.from([0]), signature));
	const lines = whole.toString('base64').match(/.{1,64}/g) ?? [];
	return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

/** An authority of this test's own, and a certificate for these hosts that it signed. No program and no package needed. */
export function makeCertificates(hosts: readonly string[]): Certificates {
	const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	const issuer = 'Authority of a test';
	const ca = certify(
		{
			serial: 1,
			issuer,
			subject: issuer,
			extensions: [
				sequence(BASIC_CONSTRAINTS, TRUE, octets(sequence(TRUE))),
				sequence(KEY_USAGE, TRUE, octets(SIGNS_CERTIFICATES)),
			],
		},
		authority.publicKey,
		authority.privateKey,
	);
	const names = hosts.map((host) =>
		/^[\d.]+$/.test(host)
			? der(IP, Buffer.from(host.split('.').map(Number)))
			: der(DNS, Buffer.from(host)),
	);
	const cert = certify(
		{
			serial: 2,
			issuer,
			subject: 'Servers of a test',
			extensions: [sequence(ALTERNATIVE_NAMES, octets(sequence(...names)))],
		},
		server.publicKey,
		authority.privateKey,
	);
	const key = server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	return { ca, key, cert };
}
