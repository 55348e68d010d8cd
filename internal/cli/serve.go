package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"baton/internal/api"
	"baton/internal/app"
	"baton/internal/app/backups"
	"baton/internal/app/operations"
	"baton/internal/app/workspaces"
	"baton/internal/jobs"
	"baton/internal/mail"
	"baton/internal/store"
	"baton/internal/web"
	"baton/internal/work"
)

type serveCmd struct {
	serving

	BackupDir       string   `help:"Back up into this directory once a day." env:"BATON_BACKUP_DIR" placeholder:"DIR"`
	BackupHour      int      `help:"From which hour of this machine's day on, 0 to 23." default:"3" env:"BATON_BACKUP_HOUR" placeholder:"HOUR"`
	KeepDaily       int      `help:"Of how many days the latest backup is kept." default:"7" env:"BATON_KEEP_DAILY" placeholder:"N"`
	KeepWeekly      int      `help:"Of how many weeks as well." default:"4" env:"BATON_KEEP_WEEKLY" placeholder:"N"`
	BackupRecipient []string `help:"Lock the backups with age for this recipient; several may open them." placeholder:"AGE1…"`
}

// schedule is when the server backs up by itself; nil for never.
func (c *serveCmd) schedule(s *session) (*backups.Schedule, error) {
	if c.BackupDir == "" {
		return nil, nil //nolint:nilnil // that there is none is no error
	}
	switch {
	case c.BackupHour < 0 || c.BackupHour > 23:
		return nil, work.FieldError("backup-hour", "An hour of the day is 0 to 23.")
	case c.KeepDaily < 1 || c.KeepWeekly < 0:
		return nil, work.FieldError("keep-daily", "At least the backup of one day is kept; write --keep-daily 7 --keep-weekly 4.")
	}
	to, err := backups.Recipients(c.BackupRecipient, "")
	if err != nil {
		return nil, err
	}
	probe, err := os.MkdirTemp(c.BackupDir, ".baton-*")
	if err != nil {
		return nil, work.FieldError("backup-dir", "Backups cannot be written to %s: %s.", c.BackupDir, plainly(err))
	}
	zone, err := time.LoadLocation(localZone(s.World))
	if err != nil {
		return nil, fmt.Errorf("the machine's time zone: %w", err)
	}
	server, err := os.Hostname()
	if err != nil {
		server = "unknown"
	}
	return &backups.Schedule{Dir: c.BackupDir, Hour: c.BackupHour, Zone: zone, Daily: c.KeepDaily, Weekly: c.KeepWeekly, To: to, Server: server}, os.Remove(probe)
}

// Run serves the database until it is told to stop.
func (c *serveCmd) Run(s *session) error {
	if s.Server != "" {
		return usageError{errors.New("serve runs a server of its own; leave --server out")}
	}
	a, err := s.open(store.Options{})
	if err != nil {
		return err
	}
	post, err := c.mailServer()
	if err != nil {
		return err
	}
	if s.backups, err = c.schedule(s); err != nil {
		return err
	}
	listener, err := s.bind(a, c.serving)
	if err != nil {
		return err
	}
	if _, err := a.Key(); err != nil { // whoever starts it hears of the key file, not whoever signs in
		return errors.Join(err, listener.Close())
	}
	return s.serve(a, listener, post, web.Options{}, func() error {
		if err := s.wayIn(a); err != nil {
			return err
		}
		if s.DB == "" {
			s.printf("Your data: %s\n", defaultDB(s.World))
		}
		return nil
	})
}

// wayIn prints how the pages are entered where nobody is in: the link that makes
// the first workspace, or one that signs its owner in.
func (s *session) wayIn(a *app.App) error {
	link, err := workspaces.SetupLink(s.ctx, a)
	if err != nil {
		return err
	}
	if link != "" {
		s.printf("Set up: %s\n", link)
		return nil
	}
	if link, err = workspaces.FirstSignIn(s.ctx, a); link != "" {
		s.printf("Sign in: %s\nIt signs in once, within a day; baton signin makes another.\n", link)
	}
	return err
}

// serving are the flags of every command that serves.
type serving struct {
	Addr       string `help:"Where to listen. Port 0 picks a free one; without a host only this machine can reach it." default:"127.0.0.1:8470" placeholder:"HOST:PORT"`
	URL        string `help:"Where people reach it; links in mail begin with it." env:"BATON_URL" placeholder:"URL"`
	TrustProxy int    `help:"How many proxies of your own stand in front: from where a request came is then read from their X-Forwarded-For." default:"0" env:"BATON_TRUST_PROXY" placeholder:"N"`
	SMTP       string `help:"Mail server: smtp[s]://user:password@host:port?from=ADDRESS. Without one, mail is read in Settings." env:"BATON_SMTP" placeholder:"URL"`
}

// mailServer is the mail server that was named, if any.
func (o serving) mailServer() (server *mail.Server, err error) {
	if o.SMTP != "" {
		server, err = mail.ParseServer(o.SMTP)
	}
	return server, err
}

// garbage is how far the heap may grow before it is collected, in percent:
// half of Go's usual keeps a server with much to hold small.
const garbage = 50

// heapFloor is memory that is never touched and so takes none; it counts as
// heap all the same. An idle server lives in three megabytes, and would
// collect after every few requests; with the floor it collects after
// garbage percent of it.
const heapFloor = 32 << 20

// bind opens the address and tells the App where people reach it.
func (s *session) bind(a *app.App, o serving) (net.Listener, error) {
	if o.TrustProxy < 0 {
		return nil, work.FieldError("trust-proxy", "There cannot be %d proxies in front.", o.TrustProxy)
	}
	s.proxies = o.TrustProxy
	listener, err := listen(s.ctx, o.Addr)
	if err != nil {
		return nil, err
	}
	if a.URL, err = outside(o.URL, reachable(listener.Addr())); err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	return listener, nil
}

// serve answers requests and runs the background work until the session ends.
// post takes the mail; nil leaves it in the outbox. ready is called once
// requests are answered.
func (s *session) serve(a *app.App, listener net.Listener, post *mail.Server, pages web.Options, ready func() error) error {
	debug.SetGCPercent(garbage)
	floor := make([]byte, heapFloor)
	defer runtime.KeepAlive(floor)
	server := &http.Server{
		Handler: patient(addressed(s.proxies, handler(a, pages))), ReadHeaderTimeout: headerPatience, IdleTimeout: idlePatience, MaxHeaderBytes: 64 << 10,
	}
	a.Mails = post != nil
	working, stop := context.WithCancel(s.ctx)
	var background sync.WaitGroup
	background.Go(func() {
		if err := s.resumeImports(a); err != nil && working.Err() == nil {
			a.Log.ErrorContext(working, "take up imports", "error", err)
		}
		jobs.New(a, post).Run(working)
	})
	if s.backups != nil {
		background.Go(func() { jobs.BackUp(working, a, *s.backups) })
	}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	s.printf("Ready: %s\n", reachable(listener.Addr()))
	err := ready()
	if err == nil {
		select {
		case err = <-served:
		case <-s.ctx.Done():
		}
	}
	stop()
	err = errors.Join(err, shutDown(server))
	background.Wait()
	return err
}

// shutDown lets requests finish for a while, then breaks them off.
func shutDown(server *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), stopPatience)
	defer cancel()
	err := server.Shutdown(ctx)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}

// handler is everything the server answers with.
func handler(a *app.App, pages web.Options) http.Handler {
	mux := http.NewServeMux()
	mux.Handle(api.Prefix+"/", api.New(a, operations.All()))
	mux.Handle("/", web.New(a, pages))
	return inTurn(mux)
}

// inTurn lets every request stand in one line. Go runs what waits at its own
// processor before what woke up elsewhere; on one core, connections whose next
// request is there already would never leave the processor's line, and others
// would wait for seconds. Yielding puts each request behind all that wait.
func inTurn(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		runtime.Gosched()
		next.ServeHTTP(w, r)
	})
}

// listen opens the address; what can be wrong with it is a sentence.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, work.FieldError("addr", "%q is not an address; write it like 127.0.0.1:8470.", addr)
	}
	if host == "" {
		host = "127.0.0.1" // nobody else reaches it unless told so
	}
	var config net.ListenConfig
	l, err := config.Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		cause := err
		if op := (*net.OpError)(nil); errors.As(err, &op) {
			cause = op.Err
		}
		return nil, work.Errorf(work.Conflict, "Baton cannot listen on %s: %s.", net.JoinHostPort(host, port), strings.TrimPrefix(cause.Error(), "bind: "))
	}
	return l, nil
}

// reachable is the URL of a listener as seen from this machine.
func reachable(a net.Addr) string {
	host, port, err := net.SplitHostPort(a.String())
	if ip := net.ParseIP(host); err != nil || ip == nil || ip.IsUnspecified() {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// outside is where people reach the server: as told, else where it listens.
func outside(told, address string) (string, error) {
	if told == "" {
		return address, nil
	}
	u, err := url.Parse(told)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return "", work.FieldError("url", "%q is not the address of a server; write it like %s.", told, "https://baton.example.org")
	}
	return fmt.Sprintf("%s://%s", u.Scheme, u.Host), nil
}
