/** Where two people are needed: whether the acts of one login are refused (`four-eyes: required`), or only remarked. */
import {capital} from '../../../text/sentence.ts';
import {notProvenApart, type Person} from '../../model/person.ts';
import type {Refusal} from '../../model/refusal.ts';
import type {Runbook} from '../../model/runbook.ts';
import {refuse} from '../refusal.ts';

/** `before`: who acted already. Null where one more act may be counted. */
export const notTwoPeople = ({fourEyes}: Runbook, by: Person, before: readonly Person[]): Refusal | null => {
	if (fourEyes !== 'required') return null;
	const why = before.map(other => notProvenApart([other, by])).find(found => found !== null);
	return why === undefined
		? null
		: refuse('two-people-unproven', `${capital(why)}.`, 'Another person acts from a login of their own, or signs.');
};
