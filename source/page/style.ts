/* How the page and the evidence look: light, dark, forced colours, phone, paper. Colour is always beside a word. */
export const style = `:root{color-scheme:light dark;--bg:#fff;--fg:#16181d;--dim:#565c66;--line:#d5d9e0;--card:#f5f6f8;--ok:#11652f;--bad:#a8071a;--warn:#7a4a00;--run:#0b4fa8;--rehearsal:#86137a}
@media (prefers-color-scheme:dark){:root{--bg:#101317;--fg:#e8eaee;--dim:#a5acb8;--line:#333a45;--card:#181c22;--ok:#6fd98f;--bad:#ff8a8a;--warn:#f0c060;--run:#8ab8ff;--rehearsal:#f09ae4}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--fg);font:1rem/1.45 system-ui,-apple-system,"Segoe UI",sans-serif}
header,main,footer{max-width:76rem;margin:0 auto;padding:0 1rem}
header{padding-top:.9rem;display:flex;flex-wrap:wrap;gap:.1rem 1rem;align-items:baseline;justify-content:space-between}
h1{font-size:1.05rem;margin:0;font-weight:600}
h2{font-size:.95rem;margin:0 0 .4rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
h3{font-size:.95rem;margin:.9rem 0 .2rem;font-weight:600}h3 small{font-weight:400}
p{margin:.35rem 0}
.dim,small{color:var(--dim);font-size:.9rem}
.rehearsal{background:var(--rehearsal);color:var(--bg);font-weight:700;text-align:center;padding:.25rem 1rem;margin:0}
main{display:grid;grid-template-columns:minmax(0,1fr);gap:1.5rem;padding-bottom:2rem}
section,.left,.right{min-width:0}.left,.right{display:grid;grid-template-columns:minmax(0,1fr);gap:1.5rem;align-content:start}
.now{margin:.6rem 0;padding:.6rem .9rem;border-left:.5rem solid var(--run);background:var(--card);font-size:1.35rem;line-height:1.3;overflow-wrap:anywhere}
.now b{letter-spacing:.02em;margin-right:.4rem}
.now.bad{border-color:var(--bad)}.now.bad b{color:var(--bad)}
.now.ok{border-color:var(--ok)}.now.ok b{color:var(--ok)}
.clocks{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:.6rem 0;padding:0}
.clocks div{min-width:0}
.clocks dt{color:var(--dim);font-size:.8rem}
.clocks dd{margin:0;font-size:1.15rem;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.clocks .t dd{font-size:1.6rem;font-weight:700;line-height:1.1}
.asks{list-style:none;margin:.6rem 0 0;padding:0}
.asks li{padding:.3rem 0;overflow-wrap:anywhere}
.asks b{display:inline-block;min-width:5rem}
.solid,[data-t],#as-of{white-space:nowrap}.long{overflow-wrap:anywhere}
.wrap{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.35rem .8rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word}
th{font-weight:600;color:var(--dim);font-size:.85rem;white-space:nowrap}
td small{display:block}td time{white-space:nowrap}
td [class^=s-]{white-space:nowrap}td.none{color:var(--dim)}td.t,td.n{font-variant-numeric:tabular-nums;white-space:nowrap}
.s-pass,.s-done,.s-up,.s-signed,.s-ready{color:var(--ok);font-weight:600}
.s-fail,.s-failed,.s-down,.s-fired,.s-lost,.s-no{color:var(--bad);font-weight:600}
.s-unknown,.s-stale,.s-warning,.s-due,.s-overdue,.s-blind,.s-open{color:var(--warn);font-weight:600}
.s-running,.s-asked{color:var(--run);font-weight:600}
ol.journal{list-style:none;margin:0;padding:0}
ol.journal li{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:.6rem;padding:.25rem 0;border-bottom:1px solid var(--line)}
ol.journal time{color:var(--dim);font-variant-numeric:tabular-nums}
ol.journal span{overflow-wrap:anywhere}
svg{display:block;width:100%;height:auto;color:var(--fg);forced-color-adjust:none}
svg text{fill:currentColor;font:12px system-ui,-apple-system,"Segoe UI",sans-serif;paint-order:stroke;stroke:var(--bg);stroke-width:3px}
svg .axis{stroke:var(--line)}svg .dim{fill:var(--dim);font-size:12px}
svg .plan{fill:none;stroke:var(--dim);stroke-dasharray:3 2}
svg .done{fill:var(--ok)}svg .failed,svg .lost,svg .bad{fill:var(--bad)}svg .running,svg .open{fill:var(--run)}svg .due,svg .overdue{fill:var(--warn)}
svg .waiting,svg .skipped,svg .not-reached{fill:var(--bg);stroke:var(--dim)}
svg .here{stroke:var(--run);stroke-width:2}svg .spark{fill:none;stroke:var(--ok);stroke-width:1.5}svg .gap{fill:var(--warn)}
svg.tall{display:none;max-width:26rem}svg.tall text,svg.tall .dim{font-size:15px}
.meter{height:.6rem;background:var(--card);border:1px solid var(--line);margin:.3rem 0}.meter svg{height:100%}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--card);padding:.75rem;margin:0;font:.85rem/1.45 ui-monospace,monospace}
code{font:.85em ui-monospace,monospace;overflow-wrap:anywhere}
a{color:var(--run)}
:focus-visible{outline:3px solid var(--run);outline-offset:2px}
.said{position:absolute;left:-99rem;margin:0}.skip{position:absolute;left:-99rem;background:var(--bg);padding:.5rem}.skip:focus{left:1rem;top:.25rem}
.lost-link{display:none;margin:.5rem auto;max-width:74rem;position:sticky;top:0;background:var(--bg);padding:.5rem .9rem;border:2px solid var(--bad);color:var(--bad);font-weight:700}
.off .lost-link{display:block}.off [data-live]{border-left:4px dashed var(--bad);padding-left:.5rem}
footer{padding-bottom:2rem;color:var(--dim);font-size:.9rem}
footer a{display:inline-block;padding:.25rem 0}
summary{cursor:pointer;padding:.35rem 0}
@media (min-width:60rem){main.board{grid-template-columns:minmax(0,3fr) minmax(0,2fr);column-gap:2.5rem}main.board>*{grid-column:1/-1}main.board>.left{grid-column:1}main.board>.right{grid-column:2}}
@media (max-width:40rem){.gantt{display:none}svg.tall{display:block}
table.cards thead{position:absolute;left:-99rem}table.cards,table.cards tbody,table.cards tr,table.cards td{display:block}
table.cards tr{border-bottom:1px solid var(--line);padding:.45rem 0}table.cards td{border:0;padding:.05rem 0;white-space:normal}
table.cards td[data-h]::before{content:attr(data-h) " ";color:var(--dim);font-size:.85rem;font-weight:400}table.cards td:first-child{font-weight:600}table.cards td.none{display:none}
ol.journal li{grid-template-columns:minmax(0,1fr);gap:0}.now{font-size:1.2rem}.asks b{min-width:0;margin-right:.4rem}}
@media (forced-colors:active){.now,.meter,pre{border:1px solid}.now{border-left-width:.5rem}svg{forced-color-adjust:auto}svg text,svg .dim{fill:CanvasText;stroke:Canvas}svg .done,svg .failed,svg .lost,svg .bad,svg .running,svg .open,svg .due,svg .overdue{fill:CanvasText}svg .here,svg .axis,svg .spark,svg .plan{stroke:CanvasText}}
@media print{details::details-content{content-visibility:visible;block-size:auto}:root{color-scheme:light;--bg:#fff;--fg:#000;--dim:#333;--line:#999;--card:#fff;--ok:#000;--bad:#000;--warn:#000;--run:#000}
html{font-size:9.5pt}svg.samples{max-width:24rem}header,main,footer{max-width:none;padding:0}main,main.board{display:block}section{margin-bottom:1rem}h2,h3{break-after:avoid}tr,li,svg{break-inside:avoid}.wrap{overflow:visible}.screen,.skip,.lost-link{display:none}thead{display:table-header-group}.rehearsal{color:#000;background:none;border:2px solid}}`;
