/* Whether the loss of a server may lose what was acknowledged there, as the board and `status` say it. */
import type {HostsObservation} from '../model/hosts.ts';
import type {State} from '../model/state.ts';

/** `attested`: the settings say that what cannot be seen from here, such as a disk under the server, keeps every entry. */
export type Durability = {readonly kind: 'behind' | 'blocked' | 'attested'; readonly text: string};

/** Null where nothing is to be said: acknowledged entries are on a standby, or there is one copy as in a folder. */
export function durabilityOf({runbook, approvedBy}: State, hosts: HostsObservation | undefined): Durability | null {
	if (hosts?.replication === 'blocked') return {kind: 'blocked', text: 'NO SYNCHRONOUS STANDBY: acts wait for one'};
	if (hosts === undefined || hosts.replication === null || hosts.replication === 'synchronous') return null;
	if (runbook?.durability === 'attested')
		return {kind: 'attested', text: `durability attested by ${approvedBy?.name ?? 'nobody'}`};
	return hosts.replication === 'behind' ? {kind: 'behind', text: 'NOT SYNCHRONOUS: a failover may lose entries'} : null;
}
