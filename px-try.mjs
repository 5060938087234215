import http from 'node:http'; import https from 'node:https'; import net from 'node:net'; import {readFileSync} from 'node:fs'
import got from 'got'
const ca=readFileSync('/tmp/px/c.pem')
const tls=https.createServer({key:readFileSync('/tmp/px/k.pem'),cert:ca},(q,r)=>{r.end('hello '+q.url)}).listen(0); const tport=tls.address().port
let mode='ok', connects=0
const px=http.createServer((q,r)=>{console.log('proxied plain',q.method,q.url,q.headers['proxy-authorization']);r.end('via proxy')})
px.on('connect',(q,s)=>{connects++; if(mode==='502'){s.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');return} if(mode==='407'){s.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');return} if(mode==='silent')return; if(mode==='cut'){s.destroy();return}
 const up=net.connect(tport,'127.0.0.1',()=>{s.write('HTTP/1.1 200 OK\r\n\r\n');up.pipe(s).pipe(up)});up.on('error',()=>{});s.on('error',()=>{})}).listen(0)
const pport=px.address().port
const mk=(p)=>({http:new http.Agent({keepAlive:true,maxSockets:4,scheduling:'lifo',proxyEnv:{HTTPS_PROXY:`http://u:p%40ss@127.0.0.1:${p}`,HTTP_PROXY:`http://127.0.0.1:${p}`}}),https:new https.Agent({keepAlive:true,maxSockets:4,scheduling:'lifo',proxyEnv:{HTTPS_PROXY:`http://u:p%40ss@127.0.0.1:${p}`}})})
const agent=mk(pport)
const r=got.extend({agent,https:{certificateAuthority:ca},retry:{limit:0},throwHttpErrors:false,timeout:{lookup:2000,connect:2000,secureConnect:2000,request:5000}})
async function one(c=r,u='https://api.example.test/x'){const t=Date.now();try{const x=await c(u);console.log('OK',x.statusCode,x.body,JSON.stringify(x.timings.phases))}catch(e){console.log('ERR',e.code,e.message,e.cause?.code,e.cause?.message,'timings',!!e.timings?.connect,!!e.timings?.secureConnect,Date.now()-t,'ms')}}
await one(); await one(); await Promise.all([one(),one(),one()]); console.log('connects',connects)
await one(r,'http://plain.example.test/y')
for (mode of ['502','407','cut','silent']) {const a=mk(pport);await one(r.extend({agent:a}));}
await one(r.extend({agent:mk(1)}))
process.exit()
