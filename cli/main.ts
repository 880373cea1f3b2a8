#!/usr/bin/env node
import { Command } from 'commander';
import { installCommand, uninstallCommand } from './install/command';

void new Command('n8n-nodes-digital-cs')
	.addCommand(installCommand())
	.addCommand(uninstallCommand())
	.parseAsync();
