/*
What the live page does in a browser: it takes changed sections from `/stream`, counts its clock on, and says when nothing was
heard for 20 seconds. The page is whole without it. A section in which somebody has the focus or a selection waits. A file has
no stream: it loads itself again, and says when it was not written for longer than it is each minute.
*/
export const script = `'use strict';(()=>{
const root=document.documentElement,body=document.body,get=id=>document.getElementById(id);
const isFile=!body.dataset.stream;
let over=false,source=null;
let base=Number(body.dataset.now),speed=Number(body.dataset.speed),from=isFile&&speed===1?base:Date.now(),heard=from;
const two=n=>String(n).padStart(2,'0');
const clock=ms=>{const s=Math.abs(Math.floor(ms/1000));return two(Math.floor(s/3600))+':'+two(Math.floor(s/60)%60)+':'+two(s%60)};
const tick=()=>{
const now=base+(Date.now()-from)*speed;
for(const e of document.querySelectorAll('[data-t]')){const d=now-Number(e.dataset.t);
const text=(e.dataset.count==='up'?'T+':d>0?'T0 LATE ':'T-')+clock(d);if(e.textContent!==text)e.textContent=text}
for(const e of document.querySelectorAll('[data-yours]')){const t=new Date(Number(e.dataset.yours)),o=-t.getTimezoneOffset(),z=Math.abs(o);
if((o<0?'-':'+')+two(Math.floor(z/60))+':'+two(z%60)===e.dataset.zone)continue;
e.lastElementChild.textContent=t.toLocaleString([],{weekday:'short',hour:'2-digit',minute:'2-digit'});e.hidden=false}
const off=!over&&Date.now()-heard>(isFile?150000:20000);
if(off!==root.classList.contains('off')){root.classList.toggle('off',off);get('lost').textContent=off?'NOT CONNECTED since '+get('as-of').textContent+': what is shown may be old.':''}};
const waiting=new Map();
const busy=e=>{const s=getSelection();return e.contains(document.activeElement)||(s&&!s.isCollapsed&&s.anchorNode&&e.contains(s.anchorNode))};
const put=(id,text)=>{const e=get(id);if(!e)return;
if(busy(e)){waiting.set(id,text);return}
waiting.delete(id);
const open=new Set([...e.querySelectorAll('details[open]')].map(d=>d.id));
e.innerHTML=text;
for(const d of e.querySelectorAll('details'))if(open.has(d.id))d.open=true};
const settle=()=>{for(const [id,text] of [...waiting])put(id,text);tick()};
document.addEventListener('focusout',()=>setTimeout(settle));
document.addEventListener('selectionchange',()=>{if(waiting.size)setTimeout(settle)});
const hear=event=>{const m=JSON.parse(event.data);heard=Date.now();
base=m.now;speed=m.speed;from=heard;get('as-of').textContent=m.asOf;
if(m.title)document.title=m.title;
if(m.said)get('said').textContent=m.said;
for(const id in m.sections)put(id,m.sections[id]);
if(m.over){over=true;source.close();get('over').hidden=false}
tick()};
const open=()=>{source=new EventSource(body.dataset.stream);source.onmessage=hear;
source.onerror=()=>{if(source.readyState===2&&!over)setTimeout(open,5000)}};
const again=()=>{const s=getSelection();if(!over&&(!s||s.isCollapsed)&&!body.contains(document.activeElement&&document.activeElement.closest('main,footer')))location.reload()};
tick();setInterval(tick,1000);if(!isFile)open();else if(body.dataset.reload)setInterval(again,1000*Number(body.dataset.reload));
})();`;
