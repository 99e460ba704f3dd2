/* Who must say yes before a job may run in an environment, as GitHub's answers name them. */
import type {RemoteRun} from '../../cutover/model/event.ts';
import {type Fields, fieldsOf, listOf, numberOf, parsed, textOf} from '../../text/fields.ts';

export type Approval = RemoteRun['approvals'][number];

function reviewerOf({type, reviewer}: Fields): readonly string[] {
	const {login, name, slug} = fieldsOf(reviewer) ?? {};
	const found = textOf(login) ?? textOf(name) ?? textOf(slug);
	if (found === null) return [];
	return [type === 'Team' ? `team ${found}` : found];
}

const reviewersIn = (list: unknown): readonly string[] => listOf(list).flatMap(reviewerOf);

const minutesOf = (value: unknown): number | null => {
	const minutes = numberOf(value);
	return minutes === null || minutes <= 0 ? null : minutes;
};

/** What a run waits for, by the list of its pending deployments. */
export const approvalsOf = (body: string): readonly Approval[] =>
	listOf(parsed(body)).map(pending => ({
		environment: textOf(fieldsOf(pending['environment'])?.['name']) ?? '',
		reviewers: reviewersIn(pending['reviewers']),
		waitMinutes: minutesOf(pending['wait_timer']),
	}));

/** A reviewer's no. It ends the run as `failure`, as a failed job does: only the list of its reviews tells them apart. */
type Declined = NonNullable<RemoteRun['declined']>;

/** The first no in the list of a run's reviews; null where there is none. */
export function declinedIn(body: string): Declined | null {
	const rejected = listOf(parsed(body)).find(({state}) => state === 'rejected');
	if (rejected === undefined) return null;
	const comment = textOf(rejected['comment']);
	return {
		by: textOf(fieldsOf(rejected['user'])?.['login']) ?? 'a reviewer',
		environment: listOf(rejected['environments'])
			.map(({name}) => textOf(name) ?? '')
			.join(', '),
		comment: comment === '' ? null : comment,
	};
}

/** What jobs in an environment will wait for, by its protection rules. */
export function protectionOf(environment: string, body: string): Approval {
	const rules = listOf(fieldsOf(parsed(body))?.['protection_rules']);
	return {
		environment,
		reviewers: rules.flatMap(rule => reviewersIn(rule['reviewers'])),
		waitMinutes: rules.map(rule => minutesOf(rule['wait_timer'])).find(minutes => minutes !== null) ?? null,
	};
}
