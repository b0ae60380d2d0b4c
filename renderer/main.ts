/** @file Starts the interface: the connection, the services, the page. */
import './strict.ts';
import './app.css';
import { mount } from 'svelte';
import App from './app/App.svelte';
import { pickLink } from './link/transport.ts';
import { Services } from './state/services.svelte.ts';

const target = document.getElementById('app');
if (target === null) throw new Error('index.html has no element with id "app"');
mount(App, { target, props: { services: new Services(pickLink(window), window) } });
