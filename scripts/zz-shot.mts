import {readFileSync} from 'node:fs'; import {openPage} from '../server/test/chromium.ts';
const dir='node_modules/bpmn-js/dist/';
for (const f of process.argv.slice(2)) {
  const { page, errors, close } = await openPage({ width: 2400, height: 900 });
  await page.setContent(`<style>body{margin:0}#c{width:2400px;height:900px}</style><style>${readFileSync(dir+'assets/diagram-js.css')}${readFileSync(dir+'assets/bpmn-js.css')}</style><div id=c></div>`);
  await page.addScriptTag({ path: dir+'bpmn-viewer.production.min.js' });
  const w = await page.evaluate(`(async (xml)=>{ const v=new BpmnJS({container:'#c'}); const r=await v.importXML(xml); v.get('canvas').zoom("fit-viewport"); return r.warnings.map(String)})(${JSON.stringify(readFileSync(`processes/claim-intake/${f}.bpmn`,'utf8'))})`);
  console.log(f, w, errors);
  await page.screenshot({ path: `/tmp/pk/${f}.png` });
  await close();
}
process.exit(0);
