import type { Choice } from '../../../engine/content/choice';
import { contentItemSchema, type ContentItem } from '../../../engine/content/item';

export function itemOf(cells: Partial<ContentItem> = {}): ContentItem {
	return contentItemSchema.parse({
		id: 'automations',
		title: 'Your first automation in 10 minutes',
		url: 'https://help.example.com/automations',
		kind: 'tutorial',
		summary: 'A rule that moves cards.',
		features: ['Automations'],
		languages: ['en'],
		outcome: 'Less manual work',
		...cells,
	});
}

export function choiceOf(cells: Partial<ContentItem> = {}, code = 'featureUnused'): Choice {
	const item = itemOf(cells);
	const [feature] = item.features;
	const text = `It teaches ${feature ?? ''}, which is not in use (+40)`;
	return {
		item,
		points: 40,
		parts: feature === undefined ? [] : [{ code, feature, points: 40, text }],
	};
}
