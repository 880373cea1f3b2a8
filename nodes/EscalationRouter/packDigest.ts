import type { Notice } from '../../engine/escalation/memory';
import { subjectOf } from './pack';

export function packDigest(notice: Notice, _now: number): { subject: string } {
	return { subject: subjectOf(notice, { title: '' }) };
}
