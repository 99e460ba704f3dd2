/* Entries that stand on the screen and are gone from the database. */
import type {Entry} from '../../cutover/ports.ts';
import type {PanelProps} from '../panel.ts';

export const isLost = ({view: {fault}}: PanelProps, {hash}: Entry): boolean =>
	fault?.lost?.some(lost => lost.hash === hash) ?? false;
