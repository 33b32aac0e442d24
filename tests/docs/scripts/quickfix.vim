" Asks as the page says and writes down what came: place of the first match, a quotation, matches of :grep.
source $RECIPE
source $COMMANDS
execute 'Sinorus ' .. $QUERY
let g:first = getqflist()[0]
let g:told = [bufname(g:first.bufnr), string(g:first.lnum), string(g:first.col)]
enew!
execute 'SinorusQuote ' .. $QUERY
call extend(g:told, [getline(2)])
silent grep! Damansky
call extend(g:told, [string(len(getqflist()))])
call writefile(g:told, $TOLD)
qa!
