/*
What a reviewer asks first, computed from the journal: was it approved before it began, by whom, were they two people, was
anything left open. Nobody fills these in.
*/

import {notProvenApart} from '../cutover/model/person.ts';
import {counted} from '../text/counted.ts';
import {instant, local} from '../text/time.ts';
import {type Happened, happened, type Package} from './package.ts';

/** `none`: it does not apply, or is not known yet; `why` says which. */
export type Check = {readonly question: string; readonly answer: 'yes' | 'no' | 'none'; readonly why: string};

type Answer = Omit<Check, 'question'>;

const yes = (why: string): Answer => ({answer: 'yes', why});
const no = (why: string): Answer => ({answer: 'no', why});
const none = (why: string): Answer => ({answer: 'none', why});

const at = (time: string): string => local(instant(time));
const listed = (list: readonly string[]): string => [...new Set(list)].join(', ');
type T0 = Happened<'t0Begun'> | undefined;

const t0Of = ({entries}: Package): T0 => happened(entries, 't0Begun')[0];

/** Votes of the go that was in force when T0 began; empty where none was. */
function standingVotes({entries}: Package, t0: T0): readonly Happened<'voted'>[] {
	const earlier = t0 === undefined ? entries : entries.slice(0, t0.seq - 1);
	const given = happened(earlier, 'goGiven').at(-1)?.seq ?? 0;
	const withdrawn = happened(earlier, 'goRevoked').at(-1)?.seq ?? 0;
	if (given <= withdrawn) return [];
	const votes = happened(earlier, 'voted').filter(({seq, vote}) => vote === 'go' && seq > withdrawn && seq <= given);
	return [...new Map(votes.map(vote => [vote.role, vote])).values()];
}

const notBegun = none('T0 has not begun');

function approvedBefore(evidence: Package): Answer {
	const t0 = t0Of(evidence);
	if (t0 === undefined) return notBegun;
	const votes = standingVotes(evidence, t0);
	if (votes.length === 0) return no(`no go was in force when T0 began at ${at(t0.at)}`);
	const last = votes.reduce((a, b) => (a.seq > b.seq ? a : b));
	return yes(
		`GO at ${at(last.at)} by ${listed(votes.map(({by, role}) => `${by.name} (${role})`))}; T0 began at ${at(t0.at)}`,
	);
}

function sameVersion(evidence: Package): Answer {
	const t0 = t0Of(evidence);
	if (t0 === undefined) return notBegun;
	const approvals = [...happened(evidence.entries, 'begun'), ...happened(evidence.entries, 'approved')];
	const last = approvals.findLast(({seq}) => seq < t0.seq);
	const later = approvals.filter(({seq}) => seq > t0.seq);
	const said = `${last?.runbook.digest ?? ''}, approved by ${last?.by.name ?? ''} at ${at(last?.at ?? t0.at)}`;
	return later.length === 0 ? yes(said) : no(`${said}; ${counted(later.length, 'change')} approved after T0 began`);
}

function separateApprover(evidence: Package): Answer {
	const t0 = t0Of(evidence);
	if (t0 === undefined) return notBegun;
	const votes = standingVotes(evidence, t0);
	const others = votes.filter(({by}) => by.name !== t0.by.name);
	if (votes.length === 0) return no('nobody approved');
	const own = votes.length > others.length ? t0.by.name : null;
	if (others.length === 0) return no(`T0 begun by ${t0.by.name}, and approved by nobody else`);
	const who = `T0 begun by ${t0.by.name}, approved by ${listed(others.map(({by}) => by.name))}${own === null ? '' : `, and by ${own} as well`}`;
	const doubts = others.map(({by}) => notProvenApart([t0.by, by]));
	// One approver who is proven to be somebody else is enough.
	return doubts.includes(null) ? yes(who) : none(`${who}; ${doubts[0]}`);
}

function twoPeople({fourEyes}: Package): Answer {
	if (fourEyes.proven)
		return yes('different logins, signatures, sign-ins or mailed links are behind every act of two people');
	return fourEyes.remarks.length === 0 ? none('no act of two people') : no(fourEyes.remarks.join('; '));
}

function gatesPassed(evidence: Package): Answer {
	if (t0Of(evidence) === undefined) return notBegun;
	const open = evidence.gates.filter(({verdict}) => verdict !== 'pass');
	return open.length === 0
		? yes(counted(evidence.gates.length, 'gate'))
		: no(open.map(({id, verdict}) => `${id} ${verdict}`).join(', '));
}

function signedOff({signOffs}: Package): Answer {
	const open = signOffs.filter(({signed, notApplicable}) => !signed && !notApplicable);
	if (signOffs.length === 0) return none('the runbook has no sign-offs');
	return open.length === 0
		? yes(counted(signOffs.length, 'sign-off'))
		: no(open.map(({id, role, notRecorded}) => `${id} ${role}: ${notRecorded ?? 'not signed'}`).join('; '));
}

function relaysConfirmed({snapshot: {unconfirmed}, state}: Package): Answer {
	if (Object.keys(state.relays).length === 0) return none('nothing was relayed');
	return unconfirmed.length === 0
		? yes('every speaker confirmed the words')
		: no(unconfirmed.map(({speaker, by, entry}) => `entry ${entry}: ${speaker}, relayed by ${by}`).join('; '));
}

function closed({state, head}: Package): Answer {
	return state.closed === null
		? none(`still open: nothing after entry ${head.seq} is proven`)
		: yes(`closed by ${state.closed.by.name} at ${local(state.closed.at)}, entry ${head.seq}`);
}

const questions: readonly (readonly [string, (evidence: Package) => Answer])[] = [
	['Approved before T0', approvedBefore],
	['Nothing changed after the approval', sameVersion],
	['Approver is not the implementer', separateApprover],
	['Two people are proven', twoPeople],
	['Every gate passed before T0', gatesPassed],
	['Every sign-off is recorded', signedOff],
	['Relayed words are confirmed', relaysConfirmed],
	['The cutover is closed', closed],
];

export const checksOf = (evidence: Package): readonly Check[] =>
	questions.map(([question, answer]) => ({question, ...answer(evidence)}));
