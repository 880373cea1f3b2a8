import { CASE_FIELDS, CASE_OUTCOMES, type CaseOutcome } from './caseAsking';
import type { CaseAction } from './caseLink';
import { escapeHtml, pageWith } from './layout';

/** What a page says of a case; plain text, as it is. `what` is what is wrong, in a line. */
export type CaseAbout = { no: number; account: string; what: string };

/**
 * What somebody sees who follows a link of a notice. confirm: asks, with a button · done · alreadyDone: somebody did it
 * before · resolved: the case ended meanwhile · merged: it is part of the case `into` now · handedOn: `owner` has it now, and whoever has the link is
 * neither them nor a level · test: done in a test run, so that nothing real changed · expired · invalid ·
 * unknown: there is no such case any more · notYet: the ledger does not answer; with `action` the button is there again,
 * without it the link could not even be checked. `at` is an ISO time with an offset, in the zone people are to read it in.
 */
export type CasePage =
	| { page: 'confirm' | 'done' | 'test'; action: CaseAction; about: CaseAbout }
	| { page: 'alreadyDone'; action: CaseAction; about: CaseAbout; by: string; at: string }
	| { page: 'resolved'; about: CaseAbout; at: string; by?: string; outcome?: string }
	| { page: 'merged'; about: CaseAbout; into: number }
	| { page: 'handedOn'; about: CaseAbout; owner: string }
	| { page: 'notYet'; action?: CaseAction; outcome?: CaseOutcome }
	| { page: 'expired' | 'invalid' | 'unknown' };

const STATUS: Record<CasePage['page'], number> = {
	confirm: 200,
	done: 200,
	test: 200,
	alreadyDone: 200,
	resolved: 200,
	merged: 200,
	handedOn: 200,
	expired: 410,
	invalid: 400,
	unknown: 404,
	notYet: 503,
};

const OUTCOMES: Record<CaseOutcome, string> = {
	resolved: 'Resolved',
	customerLeft: 'The customer left',
	noAnswer: 'The customer did not answer',
	falseAlarm: 'False alarm',
};

type Words = { ask: string; says: string; button: string; done: string; then: string; was: string };

/** `%NO%` is the case's number. */
const WORDS: Record<CaseAction, Words> = {
	acknowledge: {
		ask: 'Acknowledge case %NO%?',
		says: 'You say that you have seen it and take care of it. Others are then not called in.',
		button: 'Acknowledge',
		done: 'Case %NO% is acknowledged',
		then: 'Thank you. Nobody else is called in now.',
		was: 'Case %NO% was acknowledged before',
	},
	touch: {
		ask: 'Case %NO%: have you spoken with the customer?',
		says: 'A call, a meeting or a personal message counts; an automated one does not.',
		button: 'I have spoken with the customer',
		done: 'Case %NO%: the customer was spoken with',
		then: 'Thank you, it is written down.',
		was: 'Case %NO%: this was written down before',
	},
	resolve: {
		ask: 'Resolve case %NO%?',
		says: '',
		button: 'Resolve',
		done: 'Case %NO% is resolved',
		then: 'Thank you. Its clocks have stopped.',
		was: 'Case %NO% was resolved before',
	},
};

/** The status and the HTML that a webhook answers with. No scripts, nothing from elsewhere, every text escaped. */
export function casePage(shown: CasePage): {
	status: number;
	page: CasePage['page'];
	body: string;
} {
	const { title, content } = contentOf(shown);
	return { status: STATUS[shown.page], page: shown.page, body: pageWith(title, content) };
}

function contentOf(shown: CasePage): { title: string; content: string } {
	switch (shown.page) {
		case 'confirm': {
			const { ask, says } = WORDS[shown.action];
			const content = aboutCase(shown.about) + paragraph(says) + formOf(shown.action);
			return { title: numbered(ask, shown.about), content };
		}
		case 'done': {
			const { done, then } = WORDS[shown.action];
			const content = aboutCase(shown.about) + paragraph(then);
			return { title: numbered(done, shown.about), content };
		}
		case 'test':
			return {
				title: 'The link works',
				content:
					aboutCase(shown.about) +
					paragraph('It comes from a test run, so no real case was changed.'),
			};
		case 'alreadyDone': {
			const { about, action, by, at } = shown;
			const content = `${aboutCase(about)}<p>By ${isolated(by)}, ${escapeHtml(readable(at))}. Nothing was changed.</p>`;
			return { title: numbered(WORDS[action].was, about), content };
		}
		case 'resolved':
			return {
				title: numbered('Case %NO% is over', shown.about),
				content: `${aboutCase(shown.about)}<p>${endOf(shown)}. Nothing was changed.</p>`,
			};
		case 'merged':
			return {
				title: numbered(`Case %NO% is part of case ${shown.into} now`, shown.about),
				content:
					aboutCase(shown.about) +
					paragraph(
						'Records of one customer became one, and so did their cases. Nothing was changed; please use the newest notice of that case.',
					),
			};
		case 'handedOn':
			return {
				title: numbered('Case %NO% is with somebody else now', shown.about),
				content: `${aboutCase(shown.about)}<p>${isolated(shown.owner)} has it. Nothing was changed.</p>`,
			};
		case 'notYet':
			return notYet(shown);
		case 'expired':
			return {
				title: 'This link is too old',
				content: paragraph(
					'Links in notices work for some days only. Nothing was changed; please use the newest notice of the case.',
				),
			};
		case 'invalid':
			return {
				title: 'This link does not work',
				content: paragraph(
					'It is not complete or was changed on its way. Nothing was changed; please open it from the notice again.',
				),
			};
		case 'unknown':
			return {
				title: 'We no longer know this case',
				content: paragraph('It was removed, or joined with another one. Nothing was changed.'),
			};
	}
}

function notYet({ action, outcome }: Extract<CasePage, { page: 'notYet' }>) {
	const title = 'Please try again in a minute';
	const why = 'Something on our side does not work just now, so nothing was changed.';
	if (action === undefined)
		return { title, content: paragraph(`${why} Please open the link again.`) };
	const content = paragraph(`${why} Please press the button again.`) + formOf(action, outcome);
	return { title, content };
}

/** Posts to the address the page was opened at. */
function formOf(action: CaseAction, chosen?: CaseOutcome): string {
	const choice = action === 'resolve' ? choiceOf(chosen) : '';
	return `<form method="post">${choice}<button name="${CASE_FIELDS.action}" value="${action}">${WORDS[action].button}</button></form>`;
}

function choiceOf(chosen: CaseOutcome | undefined): string {
	const rows = CASE_OUTCOMES.map((outcome) => {
		const checked = outcome === chosen ? ' checked' : '';
		return `<label><input type="radio" name="${CASE_FIELDS.outcome}" value="${outcome}" required${checked}>${OUTCOMES[outcome]}</label>`;
	});
	return `<fieldset><legend>How did it end?</legend>${rows.join('')}</fieldset>`;
}

const LONGEST_NAME = 120;
const LONGEST_LINE = 300;

function aboutCase({ account, what }: CaseAbout): string {
	return `<p><strong>${isolated(account)}</strong><br>${isolated(what, LONGEST_LINE)}</p>`;
}

function endOf({ by, at, outcome }: Extract<CasePage, { page: 'resolved' }>): string {
	const who = by === undefined ? '' : ` by ${isolated(by)}`;
	const known = CASE_OUTCOMES.find((one) => one === outcome);
	const word = known === undefined ? outcome : OUTCOMES[known];
	const how = word === undefined ? '' : `: ${isolated(word)}`;
	return `Resolved${who}, ${escapeHtml(readable(at))}${how}`;
}

function paragraph(text: string): string {
	return text === '' ? '' : `<p>${escapeHtml(text)}</p>`;
}

/** Others' text: whatever its writing direction, it does not turn round what stands beside it. */
function isolated(text: string, longest = LONGEST_NAME): string {
	const line = text.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
	// a letter of two halves is not cut in two
	const cut = `${line.slice(0, longest - 1).replace(/\p{Cs}$/u, '')}…`;
	return `<bdi>${escapeHtml(line.length <= longest ? line : cut)}</bdi>`;
}

function numbered(text: string, { no }: CaseAbout): string {
	return text.replace('%NO%', String(no));
}

/** `2026-03-02 10:15 (UTC+01:00)`; what is no such time stays as it is. */
function readable(at: string): string {
	const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.exec(at);
	if (parts === null) return at;
	const [, date = '', time = '', offset = ''] = parts;
	return `${date} ${time} (UTC${offset === 'Z' || offset === '+00:00' ? '' : offset})`;
}
