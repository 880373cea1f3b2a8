import { crashCases } from './crashes.cases';

crashCases('SQLite', async () => await Promise.resolve(undefined));
