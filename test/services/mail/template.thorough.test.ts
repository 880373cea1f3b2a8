import { compileTemplate } from '../../../services/mail/template';

it('a mail template that would never end is ended', () => {
	const source = '{% for i in (1..100000) %}{% for j in (1..100000) %}x{% endfor %}{% endfor %}';
	expect(compileTemplate(source, 'html')({})).toHaveProperty('failed');
}, 10_000);
