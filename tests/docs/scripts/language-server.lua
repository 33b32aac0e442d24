-- Opens a draft in which the server of the page is at work, and writes down what it says.
vim.cmd('filetype on')
dofile(vim.env.RECIPE)
vim.cmd('edit one.md')
vim.bo.filetype = 'markdown'
local function waited(so) assert(vim.wait(60000, so, 20), 'it never came to pass') end
waited(function() return #vim.diagnostic.get(0) > 0 end)
local told = {}
for _, one in ipairs(vim.diagnostic.get(0)) do
  table.insert(told, ('%s %d:%d-%d %s'):format(one.source, one.lnum, one.col, one.end_col, one.message))
end
local params = vim.lsp.util.make_position_params
vim.fn.cursor(1, vim.fn.stridx(vim.fn.getline(1), 'energy#4') + 1)
local found = vim.lsp.buf_request_sync(0, 'textDocument/hover', params(), 60000)
for _, one in pairs(found) do table.insert(told, (one.result.contents.value:gsub('\n', ' '))) end
vim.lsp.buf.definition()
waited(function() return vim.fn.expand('%:t') == 'energy.md' end)
table.insert(told, ('%s:%d'):format(vim.fn.expand('%:t'), vim.fn.line('.')))
vim.fn.writefile(told, vim.env.TOLD)
vim.cmd('qa!')
