package render

import (
	"html/template"
	"reflect"
)

// getter gets something by name from a value of one type. It panics where
// html/template is to be asked.
type getter func(from any, args []any) any

// getterOf returns the getter of a name, which is a method's or a field's.
func getterOf(in reflect.Type, name string) getter {
	if in == nil {
		panic(leftToTemplate{})
	}
	if in == reflect.TypeFor[map[string]any]() { // the site's own keys
		return func(from any, _ []any) any { return from.(map[string]any)[name] }
	}
	if m, is := in.MethodByName(name); is {
		if get := called[*View](m); get != nil {
			return get
		}
		if get := called[*Section](m); get != nil {
			return get
		}
		return reflected(m)
	}
	if in.Kind() == reflect.Struct {
		if _, is := reflect.PointerTo(in).MethodByName(name); is {
			panic(leftToTemplate{})
		}
	}
	record := in
	if in.Kind() == reflect.Pointer {
		record = in.Elem()
	}
	if record.Kind() != reflect.Struct {
		panic(leftToTemplate{})
	}
	field, is := record.FieldByName(name)
	if !is || !field.IsExported() {
		panic(leftToTemplate{})
	}
	return func(from any, args []any) any {
		v := reflect.ValueOf(from)
		if in.Kind() == reflect.Pointer {
			v = v.Elem()
		}
		if len(args) > 0 {
			panic(leftToTemplate{})
		}
		return plain(v.FieldByIndex(field.Index))
	}
}

// plain returns a value as layouts go on with it: a struct by its address, so
// that its methods are at hand.
func plain(v reflect.Value) any {
	if v.Kind() == reflect.Struct && v.CanAddr() {
		return v.Addr().Interface()
	}
	return v.Interface()
}

// called returns a getter that calls a method of R, nil for methods of another
// form than most have.
func called[R any](m reflect.Method) getter {
	switch f := m.Func.Interface().(type) {
	case func(R) template.HTML:
		return func(from any, _ []any) any { return f(from.(R)) }
	case func(R) template.URL:
		return func(from any, _ []any) any { return f(from.(R)) }
	case func(R) template.HTMLAttr:
		return func(from any, _ []any) any { return f(from.(R)) }
	case func(R) string:
		return func(from any, _ []any) any { return f(from.(R)) }
	case func(R) bool:
		return func(from any, _ []any) any { return f(from.(R)) }
	case func(R) *Link:
		return func(from any, _ []any) any { return f(from.(R)) }
	case func(R) []Link:
		return func(from any, _ []any) any { return f(from.(R)) }
	case func(R) []template.HTML:
		return func(from any, _ []any) any { return f(from.(R)) }
	case func(R, string) template.HTML:
		return func(from any, args []any) any { return f(from.(R), args[0].(string)) }
	case func(R, string) string:
		return func(from any, args []any) any { return f(from.(R), args[0].(string)) }
	case func(R, int) int:
		return func(from any, args []any) any { return f(from.(R), args[0].(int)) }
	case func(R, string) (template.HTML, error):
		return func(from any, args []any) any {
			html, err := f(from.(R), args[0].(string))
			if err != nil {
				panic(leftToTemplate{})
			}
			return html
		}
	}
	return nil
}

// reflected calls any other method.
func reflected(m reflect.Method) getter {
	return func(from any, args []any) any {
		in := []reflect.Value{reflect.ValueOf(from)}
		for _, arg := range args {
			in = append(in, reflect.ValueOf(arg))
		}
		out := m.Func.Call(in)
		if len(out) > 1 && !out[1].IsNil() {
			panic(leftToTemplate{})
		}
		return out[0].Interface()
	}
}

// isTrue is what if and with ask.
func isTrue(v any) bool {
	switch v := v.(type) {
	case string:
		return v != ""
	case template.HTML:
		return v != ""
	case bool:
		return v
	case *Link:
		return v != nil
	case []Link:
		return len(v) > 0
	}
	truth, _ := template.IsTrue(v)
	return truth
}
