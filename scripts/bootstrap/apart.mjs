import {existsSync, readFileSync} from 'node:fs';

/** Tests that start processes of the program, or add to its tables: they need a build, and have a process each. */
const always = /(?:^|[\\/])test[\\/](?:crash|e2e|extend)(?:[\\/]|$)|\.deep\.tsx?$/;

/** Here most do so; a file that imports none of these does not. */
const mostly =
	/(?:^|[\\/])test[\\/](?:attempts|cli|gates|probes|processes|rehearsal|rollback|watch|workspace)(?:[\\/]|$)/;
const starts = /from '(?:node:child_process|.*\/(?:program|terminal|site|workspace|desk|machine|around))(?:\.ts)?'/;

const startsNothing = path => /\.tsx?$/.test(path) && existsSync(path) && !starts.test(readFileSync(path, 'utf8'));

/** Of the path of a file or folder. */
export const isApart = path => always.test(path) || (mostly.test(path) && !startsNothing(path));
