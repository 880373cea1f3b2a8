import type { ContextPack } from '../../../../engine/escalation/pack/contextPack';
import { toHtml } from '../../../../engine/escalation/pack/html';
import { toMarkdown } from '../../../../engine/escalation/pack/markdown';
import { letterOf, type Letter } from '../../../../engine/escalation/pack/letter';
import { toSlackBlocks, type SlackBlock } from '../../../../engine/escalation/pack/slackBlocks';

/** Each format read as its reader reads it: what is there besides our own mark-up and the links that were given. */
export function flawsOf(pack: ContextPack): string[] {
	const urls = new Set(
		[...pack.links.map(({ url }) => url), pack.actions.acknowledge, pack.actions.resolve].filter(
			(url) => url !== null,
		),
	);
	return letterFlaws(letterOf(pack, [pack.title, pack.nextStep.text]), urls);
}

/** @param urls that may be in it */
export function letterFlaws(letter: Letter, urls: ReadonlySet<string>): string[] {
	return [
		...markdownFlaws(toMarkdown(letter), urls),
		...htmlFlaws(toHtml(letter), urls),
		...slackFlaws(toSlackBlocks(letter), urls),
	];
}

function markdownFlaws(markdown: string, urls: ReadonlySet<string>): string[] {
	const flaws: string[] = [];
	for (const line of markdown.split(/\r\n|[\n\r\u0085\u2028\u2029]/)) {
		if (line === '') continue;
		const [, start = '', rest = ''] = /^(# |## |- )(.*)$/.exec(line) ?? [];
		if (start === '') {
			flaws.push(`Markdown: a line of its own: ${line}`);
			continue;
		}
		const [, before = '', title = '', url = ''] =
			/^(|.* )\[((?:[^\\\]]|\\.)*)\]\((https?:[^()\s]*)\)$/.exec(rest) ?? [];
		const isLink = urls.has(url.replaceAll('&amp;', '&'));
		const text = isLink ? `${before}${title}` : rest;
		// what a backslash takes the meaning of, has none
		const bare = text.replace(/\\[!-/:-@[-`{-~]/g, '');
		if (/[\\`*_[\]<>#|~&]/.test(bare)) flaws.push(`Markdown: a mark: ${line}`);
		if (/^([-+=]|\d+[.)])/.test(text)) flaws.push(`Markdown: a list: ${line}`);
		if (/\b(https?|ftp|mailto|javascript):|\bwww\./i.test(text))
			flaws.push(`Markdown: a bare link: ${line}`);
	}
	return flaws;
}

function htmlFlaws(html: string, urls: ReadonlySet<string>): string[] {
	const flaws: string[] = [];
	const allowed = /^(\/?(div|h1|h2|ul|li|p|a)|(div|h1|h2|ul) style="[\w:;#,. -]*")$/;
	for (const [, tag = ''] of html.matchAll(/<([^>]*)>/g)) {
		const [, url] = /^a href="([^"<>]*)"( style="[\w:;#,. -]*")?$/.exec(tag) ?? [];
		if (url === undefined ? !allowed.test(tag) : !urls.has(unescaped(url)))
			flaws.push(`HTML: a tag: ${tag}`);
	}
	const text = html.replace(/<[^>]*>/g, '');
	if (/[<>"']/.test(text)) flaws.push('HTML: a bare character');
	if (/&(?!(amp|lt|gt|quot|#39);)/.test(text)) flaws.push('HTML: a bare ampersand');
	return flaws;
}

function unescaped(text: string): string {
	return text.replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function slackFlaws(blocks: readonly SlackBlock[], urls: ReadonlySet<string>): string[] {
	const flaws: string[] = [];
	if (blocks.length > 50) flaws.push('Slack: too many blocks');
	for (const block of blocks) {
		if (block.type === 'actions') {
			for (const { url, text } of block.elements)
				if (!urls.has(url) || text.text.length > 75) flaws.push('Slack: a button');
			continue;
		}
		const { text, type } = block.text;
		const most = block.type === 'header' ? 150 : 3_000;
		if (text.length === 0 || text.length > most) flaws.push(`Slack: ${String(text.length)} long`);
		if (!text.isWellFormed()) flaws.push('Slack: half a character');
		if (type === 'plain_text') continue;
		const rest = text.replace(/<([^<>|]*)\|[^<>]*>/g, (link, url: string) =>
			urls.has(url.replaceAll('&amp;', '&')) ? '' : link,
		);
		if (/[<>]/.test(rest)) flaws.push(`Slack: a link or mention: ${rest}`);
		if (/&(?!(amp|lt|gt);)/.test(text)) flaws.push('Slack: a bare ampersand');
	}
	return flaws;
}
