import { mount } from 'svelte';
import 'ol/ol.css';
import 'uplot/dist/uPlot.min.css';
import './design.css';
import App from './App.svelte';

mount(App, { target: document.getElementById('app')! });
