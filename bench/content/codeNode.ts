/**
 * What somebody would write into a Code node: the catalogue filtered and sorted once more for every account, plainly, with
 * the same rules and points and no sentence of why. Body of a function of `$input`, whose `accounts` come with the
 * contact's profile and history, and of the settings; gives the ids of the best.
 */
export const CODE = `const DAY = 86400000;
const { accounts, catalogue, now, settings } = $input;
const { points, windowDays, mostPerKind, kindDays, choices, recentDays, fallbackLanguages } = settings;
const day = (at) => Math.floor(at / DAY);
const today = day(now);
const base = (tag) => tag.split('-')[0];
const languagePoints = (item, language) => {
	if (item.languages.length === 0) return points.languageAny;
	if (language && item.languages.includes(language)) return points.languageExact;
	if (language && item.languages.some((one) => base(one) === base(language))) return points.languageBase;
	const place = fallbackLanguages.findIndex((one) => item.languages.some((other) => base(other) === one));
	return place < 0 ? undefined : Math.max(0, points.languageFallback - place);
};
return accounts.map(({ profile, seen }) => {
	const recently = seen.filter(({ at }) => today - day(at) < kindDays);
	const ofKind = (kind) => recently.filter((one) => one.kind === kind).length;
	const isUsed = (name) => profile.featuresUsed.includes(name);
	const isStruggling = (name) => profile.featuresStruggling.includes(name);
	return catalogue
		.filter((item) => (item.stages.length === 0 ? profile.stage !== 'churned' : item.stages.includes(profile.stage)))
		.filter((item) => item.plans.length === 0 || item.plans.includes(profile.plan))
		.filter((item) => item.roles.length === 0 || item.roles.includes(profile.role))
		.filter((item) => languagePoints(item, profile.language) !== undefined)
		.filter((item) => !seen.some((one) => one.contentId === item.id && today - day(one.at) < windowDays))
		.filter((item) => item.features.length === 0 || !profile.usageKnown || item.features.some((name) => !isUsed(name) || isStruggling(name)))
		.filter((item) => item.prerequisites.every((one) => isUsed(one) || seen.some(({ contentId }) => contentId === one)))
		.map((item) => ({ item, times: ofKind(item.kind) }))
		.filter(({ times }) => times < mostPerKind)
		.map(({ item, times }) => {
			let sum = languagePoints(item, profile.language) + times * points.sameKindLately;
			if (item.stages.length > 0) sum += points.stageNamed;
			if (item.plans.length > 0) sum += points.planNamed;
			if (item.roles.length > 0) sum += points.roleNamed;
			if (item.prerequisites.length > 0) sum += points.nextStep;
			if (profile.usageKnown && item.features.some(isStruggling)) sum += points.featureStruggling;
			else if (profile.usageKnown && item.features.length > 0) sum += points.featureUnused;
			if (today - day(Date.parse(item.reviewedAt)) <= recentDays) sum += points.recentlyReviewed;
			return { id: item.id, sum, times };
		})
		.sort((a, b) => b.sum - a.sum || a.times - b.times || (a.id < b.id ? -1 : 1))
		.slice(0, choices)
		.map(({ id }) => id);
});`;
