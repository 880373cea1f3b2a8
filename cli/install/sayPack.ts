import type { PackState } from '../n8nApi/n8nApi';

const PACKAGE = 'n8n-nodes-digital-cs';

/** The n8n in a line, and what to do where the pack is missing in it or of another version. */
export function sayPack(url: string, { there, version }: PackState, ours: string): string {
	if (!there) {
		return [
			`n8n at ${url}: the package ${PACKAGE} is not installed there; without it the flows' nodes would be question marks.`,
			`  Install it in n8n: Settings, Community nodes, Install, ${PACKAGE}.`,
			'  Where that page is missing: N8N_COMMUNITY_PACKAGES_ENABLED=true; where n8n refuses it as unverified',
			'  (n8n 3 does by default): N8N_UNVERIFIED_PACKAGES_ENABLED=true; then start n8n again.',
			'  In queue mode the workers need it as well.',
		].join('\n');
	}
	if (version === undefined) return `n8n at ${url}: the package ${PACKAGE} is there.`;
	const line = `n8n at ${url}: the package ${PACKAGE} ${version} is there.`;
	if (version === ours) return line;
	return `${line} These flows are those of ${ours}: update it under Settings, Community nodes, or run npx ${PACKAGE}@${version} install.`;
}
