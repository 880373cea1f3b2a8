/**
 * Long work in steps: each yields the share done (0–1), so that whoever runs it can tell how far it is, or let others
 * have their turn in between.
 */
export type Steps<Answer> = Generator<number, Answer, void>;

/** Called now and then with the share done (0–1). */
export type Progress = (done: number) => void;

/** All steps at once. */
export function finish<Answer>(steps: Steps<Answer>, progress: Progress = () => undefined): Answer {
	let step = steps.next();
	while (step.done !== true) {
		progress(step.value);
		step = steps.next();
	}
	return step.value;
}

/** Work that does not know what it is a part of, as steps of it that get no further. */
export function* staying<Answer>(
	done: number,
	work: Generator<undefined, Answer, void>,
): Steps<Answer> {
	let step = work.next();
	while (step.done !== true) {
		yield done;
		step = work.next();
	}
	return step.value;
}
