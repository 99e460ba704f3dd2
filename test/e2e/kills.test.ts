import {killSuite} from './kills/suite.ts';

killSuite(6);
