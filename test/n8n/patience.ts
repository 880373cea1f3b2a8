// starting n8n alone takes ten seconds on a small machine
jest.setTimeout(300_000);
