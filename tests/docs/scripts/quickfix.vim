" Asks as the page says and writes down what came, a line each.
set hidden
source $RECIPE
source $COMMANDS
execute 'Sinorus ' .. $QUERY
let g:first = getqflist()[0]
let g:told = [bufname(g:first.bufnr), string(g:first.lnum), string(g:first.col)]
cclose
enew!
execute 'SinorusQuote ' .. $QUERY
call extend(g:told, [getline(2)])
silent grep! Damansky
call extend(g:told, [string(len(getqflist()))])
call writefile(['The line “followed the Argun, the Gorbitsa and the rivers to the north” (energy#4).'], 'one draft.tex')
edit one\ draft.tex
set filetype=tex
SinorusCheck
call extend(g:told, [getqflist()[0].text, string(getqflist()[0].col)])
wincmd p
execute 'SinorusQuote ' .. $QUERY
call extend(g:told, [getline(2)])
call cursor(1, stridx(getline(1), 'energy#4') + 1)
SinorusOpen
call extend(g:told, [expand('%:t') .. ':' .. line('.')])
call writefile(g:told, $TOLD)
qa!
