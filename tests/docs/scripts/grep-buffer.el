;; Asks as the page says and prints the place of the first match and the beginning of a quotation.
(load-file (getenv "RECIPE"))
(sinorus "=Damansky")
(while (get-buffer-process "*grep*") (accept-process-output nil 0.1))
(next-error)
(with-current-buffer (window-buffer)
  (princ (format "at %s:%d\n" (buffer-file-name) (line-number-at-pos))))
(with-temp-buffer
  (sinorus-quote "=Damansky")
  (princ (buffer-substring 1 10)))
