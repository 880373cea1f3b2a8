import { z } from 'zod/v4';
import { unreadable, type Heard, type Listener } from './heard';
import { typeNamed } from './names';
import { at, firstAddress, firstId, idOf, isFields, present, textOf } from './read';
import { severityOf } from './severity';

/** A call of Segment's specification, alone or in a list. */
const call = z.looseObject({ type: z.string().min(1), event: z.unknown().optional() });

export const hearSegment: Listener = (body) => {
	const batch = at(body, 'batch');
	const list: unknown[] = Array.isArray(body) ? body : Array.isArray(batch) ? batch : [body];
	return list.map((one) => {
		const parsed = call.safeParse(one);
		return parsed.success
			? hear(parsed.data)
			: unreadable(one, 'It is not a call of Segment: it has no type.');
	});
};

function hear(one: z.infer<typeof call>): Heard {
	const name = one.type === 'track' ? textOf(one.event) : undefined;
	const properties = one.type === 'track' ? one.properties : one.traits;
	// the group is, in Segment's words, the id of the account in your own database
	const group = firstId(
		one.groupId,
		at(one, 'context', 'groupId'),
		at(properties, 'groupId'),
		at(properties, 'group_id'),
		at(properties, 'accountId'),
		at(properties, 'account_id'),
	);
	const user = idOf(one.userId);
	return {
		id: idOf(one.messageId),
		identity: one,
		names: name === undefined ? [one.type] : [name, one.type],
		value: textOf(at(properties, 'value')),
		type: name === undefined ? undefined : typeNamed(name),
		accountId: group,
		accountKey:
			group !== undefined
				? { system: 'segment', kind: 'group', id: group }
				: user === undefined
					? undefined
					: { system: 'segment', kind: 'user', id: user },
		contact: firstAddress(
			at(properties, 'email'),
			at(one, 'context', 'traits', 'email'),
			at(one, 'traits', 'email'),
			one.userId,
		),
		// which Segment has put right, where the clock of whoever called is wrong
		occurredAt: one.timestamp ?? one.originalTimestamp,
		step: textOf(at(properties, 'step') ?? at(properties, 'stepId') ?? at(properties, 'step_id')),
		severity: severityOf(at(properties, 'severity') ?? at(properties, 'priority')),
		...(at(properties, 'human') === true ? { human: true } : {}),
		...(at(properties, 'hard') === false ? { hard: false } : {}),
		data: present({ userId: user, ...(isFields(properties) ? properties : {}) }),
		raw: one,
	};
}
