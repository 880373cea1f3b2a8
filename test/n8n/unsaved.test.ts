import { unsavedPlaces } from '../../engine/install/unsaved';
import { unsavedNow } from './unsaved';

test('what the editor leaves out of each shipped flow is what is written down; else: node --import tsx test/n8n/writeUnsaved.ts', () => {
	expect(unsavedNow()).toEqual(unsavedPlaces);
});
