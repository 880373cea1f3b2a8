import { claimed, send, serve, startEachTestAfresh } from './JourneyEmail.setup';

startEachTestAfresh();

it('Journey Email sends two hundred at a time, over three connections', async () => {
	const server = await serve({ delayMs: 5 });
	const items = await claimed(200);
	const run = await send({ port: server.port, items });
	expect(run.outputs.map((output) => output.length)).toEqual([200, 0]);
	expect(new Set(server.received.map(({ to }) => to[0])).size).toBe(200);
	expect(server.received).toHaveLength(200);
	// nodemailer opens a fresh connection after 100 mails on one
	expect(server.connections()).toBeLessThanOrEqual(4);
	expect(run.outputs[0]?.map(({ json }) => json.accountId)).toEqual(
		items.map((item) => item.accountId),
	);
});
