/*
Loads what reads settings, where there are some: YAML and the shape of the settings cost more time than all the rest of a reading,
and most runbooks have none. It is loaded by `require`, which answers at once, as the reader does.
*/
import {createRequire} from 'node:module';
import {partOf} from '../part.ts';
import type * as Settings from './read.ts';

const load = createRequire(import.meta.url);

export const settingsReader = (): typeof Settings => load(partOf(import.meta.url, './read.ts', 'settings'));
