" Opens a draft in which the server of the page is at work by ALE, and writes down what it says.
set nocompatible nomore
packadd! ale
set rtp+=/usr/share/vim-ale
runtime plugin/ale.vim
let g:ale_linters = {'markdown': ['sinorus']}
source $RECIPE
edit one.md
set filetype=markdown
ALELint
let g:waited = 0
while g:waited < 1200 && empty(ale#engine#GetLoclist(bufnr('')))
  sleep 50m
  let g:waited += 1
endwhile
let g:told = map(copy(ale#engine#GetLoclist(bufnr(''))), 'v:val.lnum .. ":" .. v:val.col .. " " .. v:val.text')
call writefile(g:told, $TOLD)
qa!
