import type { IExecuteFunctions } from 'n8n-workflow';
import type { Chosen } from './decide';

const MICROS = 1_000_000;

/** Counts what became of an execution, and tells it in the editor. */
export class Tally {
	private readonly counts = { claude: 0, rules: 0, kept: 0, nothing: 0 };
	private readonly whys = new Map<string, { count: number; text: string }>();
	private calls = 0;
	private costMicros = 0;

	/** @param leftOut items that a run from the editor does not choose for */
	constructor(private readonly leftOut: number) {}

	count({ what, called, costMicros, why }: Chosen): void {
		this.counts[what]++;
		if (called) this.calls++;
		this.costMicros += costMicros;
		if (what === 'nothing') return;
		for (const { code, text } of why) {
			const known = this.whys.get(code) ?? { count: 0, text };
			this.whys.set(code, { ...known, count: known.count + 1 });
		}
	}

	say(context: IExecuteFunctions): void {
		const hint = (message: string, type: 'info' | 'warning'): void =>
			context.addExecutionHints({ message, type, location: 'outputPane' });
		const { claude, rules, kept, nothing } = this.counts;
		const parts = [
			[claude, 'chosen by the model'],
			[rules, 'chosen by the rules'],
			[kept, 'as chosen before'],
			[nothing, 'with nothing to send'],
		] as const;
		const said = parts.flatMap(([count, what]) =>
			count === 0 ? [] : [`${String(count)} ${what}`],
		);
		if (said.length > 0) {
			const calls = this.calls === 1 ? '1 call' : `${String(this.calls)} calls`;
			const cost = (this.costMicros / MICROS).toFixed(4);
			hint(`${said.join(', ')}${this.calls === 0 ? '' : `; ${calls}, $${cost}`}.`, 'info');
		}
		for (const { count, text } of this.whys.values())
			hint(`${count === 1 ? '1 account' : `${String(count)} accounts`}: ${text}`, 'warning');
		if (this.leftOut > 0)
			hint(
				`A run from the editor chooses for ten at most; ${String(this.leftOut)} more were left out.`,
				'info',
			);
	}
}
